import { useMemo } from 'react'
import { findObject } from '../document/catalogue.ts'
import type { NamesAround } from '../document/describe-change.ts'
import { useSurroundings } from './editor-context.ts'

/** What connections and objects are called, for whoever puts differences of two documents into words. */
export function useNamesAround(): Required<NamesAround> {
  const { connections, catalogue } = useSurroundings()
  return useMemo(
    () => ({
      nameConnection: (id) => connections?.find((one) => one.id === id)?.name ?? id,
      titleOf: (object) => findObject(catalogue, object)?.title ?? object,
    }),
    [connections, catalogue],
  )
}
