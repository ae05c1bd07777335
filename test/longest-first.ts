import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take a quarter of a minute and more, though they are short to read. */
const long = /\/(?:chaos|engine-generality\.|engine\/(?:equality|resume)|cli\/demo|start\/first-rows)/

/**
 * Begins with the files that take longest, so that none is left to run alone at the end: a fresh clone knows no durations, and would go by the size of
 * the files. Journeys come before all, as they did.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}

function rankOf({ project, moduleId }: TestSpecification): number {
  if (project.name === 'journeys') return 0
  return long.test(moduleId) ? 1 : 2
}
