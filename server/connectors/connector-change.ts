/** One thing that is different in a connector beside its last published version. */
export interface ConnectorChange {
  readonly kind: ChangeKind
  /** Whether what exists may stop working, or secrets go where they did not: whoever publishes it says that they know. */
  readonly breaking: boolean
  /** The object it is about; null: the connector as a whole. */
  readonly object: string | null
  readonly sentence: string
}

export type ChangeKind =
  | 'host_added'
  | 'region_removed'
  | 'post_added'
  | 'access_changed'
  | 'setting_required'
  | 'object_added'
  | 'object_removed'
  | 'key_changed'
  | 'mode_changed'
  | 'field_added'
  | 'field_removed'
  | 'type_changed'
  | 'mark_removed'
  | 'other'

/** As people compare versions: nothing is different, what exists goes on, or it may not. */
export type Verdict = 'first' | 'same' | 'compatible' | 'incompatible'
