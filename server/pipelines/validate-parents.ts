import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { pointerTo } from './problem.ts'
import type { Problem } from './problem.ts'
import { covers, parentPaths } from './validate-protection.ts'

/** Whether objects that are read out of their parent find there what they need: not where the pipeline excludes it. */
export function validateParents(objects: Pipeline['objects'], { manifest }: Connector): readonly Problem[] {
  return Object.keys(objects).flatMap((name) => {
    const read = Object.hasOwn(manifest.objects, name) ? manifest.objects[name]?.read : undefined
    if (read === undefined || read.type === 'list') return []
    const choices = Object.hasOwn(objects, read.parent) ? (objects[read.parent]?.fields ?? {}) : {}
    const excluded = Object.keys(choices).filter((path) => choices[path] === 'exclude')
    const needed = neededPaths(read)
    const conflict = excluded.find((path) => needed.some((need) => covers(path, need)))
    if (conflict === undefined) return []
    return [
      {
        pointer: pointerTo('objects', name),
        message: `${name} is read out of ${read.parent} ${conflict}, which this pipeline excludes.`,
        fix: `Remove ${name}, or stop excluding ${conflict} in ${read.parent}.`,
      },
    ]
  })
}

function neededPaths(read: Exclude<ObjectManifest['read'], { type: 'list' }>): readonly string[] {
  if (read.type === 'children') return parentPaths(read)
  const inList = Object.values(read.fields).flatMap((from) =>
    'at' in from && from.at !== '' ? [`${read.at}.${from.at}`] : [],
  )
  return [read.at, ...inList, ...parentPaths(read), ...(read.rest ? [read.rest.when] : [])]
}
