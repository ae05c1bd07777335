import { isDeepStrictEqual } from 'node:util'
import { ownMember } from '@penstock/connectors/own-member.ts'
import type { Connector } from '@penstock/connectors/read-connector.ts'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import { listFields } from '../connections/list-fields.ts'
import type { FieldDescription } from '../connections/list-fields.ts'
import type { ChangeKind, ConnectorChange } from './connector-change.ts'

/** What is different in the objects and their fields. */
export function compareObjects(before: Connector, after: Connector): readonly ConnectorChange[] {
  const [old, now] = [before.manifest.objects, after.manifest.objects]
  const removed = Object.keys(old).filter((object) => !Object.hasOwn(now, object))
  const added = Object.keys(now).filter((object) => !Object.hasOwn(old, object))
  const kept = Object.entries(now).flatMap(([object, manifest]) => {
    const was = ownMember(old, object)
    return was ? compareObject(object, [was, manifest], [before, after]) : []
  })
  return [
    ...removed.map((object) =>
      breaks('object_removed', object, `${object} is gone: pipelines that read it cannot be run.`),
    ),
    ...kept,
    ...added.map((object) => passes('object_added', object, `${object} is new.`)),
  ]
}

function compareObject(
  object: string,
  [was, is]: readonly [ObjectManifest, ObjectManifest],
  [before, after]: readonly [Connector, Connector],
): readonly ConnectorChange[] {
  const key = isDeepStrictEqual(was.primaryKey, is.primaryKey)
    ? []
    : [
        breaks(
          'key_changed',
          object,
          `${object} has another primary key: ${is.primaryKey.join(', ')} in place of ${was.primaryKey.join(', ')}. Its tables are to be filled anew.`,
        ),
      ]
  const mode =
    was.mode === is.mode
      ? []
      : [
          breaks(
            'mode_changed',
            object,
            `${object} is read in another mode: ${is.mode} in place of ${was.mode}.`,
          ),
        ]
  const checkpoint = isDeepStrictEqual(was.checkpoint, is.checkpoint)
    ? []
    : [passes('other', object, `${object} tells by another field, or in another way, what has changed.`)]
  const read = isDeepStrictEqual(was.read, is.read)
    ? []
    : [passes('other', object, `${object} is read by other requests.`)]
  const fields = compareFields(object, listFields(object, before), listFields(object, after))
  return [...key, ...mode, ...fields, ...checkpoint, ...read]
}

function compareFields(
  object: string,
  was: readonly FieldDescription[],
  is: readonly FieldDescription[],
): readonly ConnectorChange[] {
  const [old, now] = [byPath(was), byPath(is)]
  const removed = was.filter(({ path }) => !now.has(path))
  const added = is.filter(({ path }) => !old.has(path))
  const kept = is.flatMap((field) => {
    const before = old.get(field.path)
    return before ? compareField(object, before, field) : []
  })
  return [
    ...removed.map(({ path }) =>
      breaks('field_removed', object, `${object}.${path} is gone: its column gets no more values.`),
    ),
    ...kept,
    ...added.map(({ path }) => passes('field_added', object, `${object}.${path} is new.`)),
  ]
}

function compareField(
  object: string,
  was: FieldDescription,
  is: FieldDescription,
): readonly ConnectorChange[] {
  const place = `${object}.${is.path}`
  const type =
    was.type === is.type
      ? []
      : [breaks('type_changed', object, `${place} is ${is.type} in place of ${was.type}.`)]
  const mark =
    was.sensitive !== null && is.sensitive === null
      ? [breaks('mark_removed', object, `${place} is no longer marked as personal (${was.sensitive}).`)]
      : []
  return [...type, ...mark]
}

function byPath(fields: readonly FieldDescription[]): ReadonlyMap<string, FieldDescription> {
  return new Map(fields.map((field) => [field.path, field]))
}

function breaks(kind: ChangeKind, object: string, sentence: string): ConnectorChange {
  return { kind, breaking: true, object, sentence }
}

function passes(kind: ChangeKind, object: string, sentence: string): ConnectorChange {
  return { kind, breaking: false, object, sentence }
}
