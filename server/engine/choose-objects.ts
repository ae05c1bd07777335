import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'

/** The objects that a run of a pipeline is for, in the document's order: all of them, or those of them that `only` names. */
export function chooseObjects(
  { objects }: Pick<Pipeline, 'objects'>,
  only: readonly string[] | undefined,
): readonly string[] {
  return Object.keys(objects).filter((object) => only?.includes(object) ?? true)
}
