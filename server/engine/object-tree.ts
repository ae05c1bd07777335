import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import { readPath, scalarText, type Json } from './read-path.ts'
import type { TableShape } from './table-shape.ts'

/** An object in the tree that one read feeds: a list at the root, what is read or derived from its records below. */
export interface ObjectNode {
  readonly object: string
  readonly manifest: ObjectManifest
  /** Only where the pipeline wants its table. */
  readonly shape: TableShape | undefined
  readonly below: readonly ObjectNode[]
}

/** The list that an object's rows come from in the end. */
export function rootOf(object: string, objects: Readonly<Record<string, ObjectManifest>>): string {
  const read = objects[object]?.read
  return !read || read.type === 'list' ? object : rootOf(read.parent, objects)
}

/**
 * The tree below `object` with everything that is wanted, and what is needed to get at it; undefined where nothing is.
 * `shapeOf` gives the shape of a wanted object's table.
 */
export function growTree(
  object: string,
  objects: Readonly<Record<string, ObjectManifest>>,
  shapeOf: (object: string) => TableShape | undefined,
): ObjectNode | undefined {
  const manifest = objects[object]
  if (!manifest) return undefined
  const below = Object.keys(objects).filter((name) => {
    const read = objects[name]?.read
    return read !== undefined && read.type !== 'list' && read.parent === object
  })
  const nodes = below.map((name) => growTree(name, objects, shapeOf)).filter((node) => node !== undefined)
  const shape = shapeOf(object)
  if (!shape && nodes.length === 0) return undefined
  return { object, manifest, shape, below: nodes }
}

/** Every node of a tree, parents first. */
export function allNodes(node: ObjectNode): readonly ObjectNode[] {
  return [node, ...node.below.flatMap((child) => allNodes(child))]
}

/** The tree without an object and all below it; undefined where nothing wanted is left. */
export function pruneTree(node: ObjectNode, object: string): ObjectNode | undefined {
  if (node.object === object) return undefined
  const below = node.below.map((child) => pruneTree(child, object)).filter((child) => child !== undefined)
  return node.shape || below.length > 0 ? { ...node, below } : undefined
}

/** Whether each record of the tree's root asks for requests of its own. */
export function hasRequestsBelow(node: ObjectNode): boolean {
  return node.below.some(({ manifest }) => manifest.read.type === 'children')
}

/** A record's key as text: equal for equal keys of one object. */
export function keyText(record: Json, { manifest }: ObjectNode): string {
  return textOfKey(record, manifest.primaryKey)
}

/** What a record has at these paths, as text. */
export function textOfKey(record: Json, paths: readonly string[]): string {
  return paths.map((path) => scalarText(readPath(record, path))).join('\u0001')
}
