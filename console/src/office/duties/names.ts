import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { nameOf, useLanguage } from '../../common/language'
import { useEveryCategory } from '../categories'
import { useUnits } from '../forms/pickers'

const HOUR_MS = 3_600_000
export const KINDS = ['handle', 'regulate', 'enforce', 'maintain'] as const
export type DutyKind = (typeof KINDS)[number]
export type Board = Schemas['DutyBoardOut']
export type Cell = Schemas['BoardCell']

export const named = (one: Parameters<typeof nameOf>[0] | undefined, otherwise: string): string => (one ? nameOf(one) : otherwise)

/** Names of classes and categories by key, of everything that a row of the matrix may name. */
export function useCategoryNames(): (key: string) => string {
  useLanguage()
  const classes = useQuery({ queryKey: ['classes'], queryFn: () => ok(api.GET('/api/categories/classes')), staleTime: HOUR_MS }).data ?? []
  const every = useEveryCategory()
  const all = useMemo(() => new Map(every.map((one) => [one.key, one])), [every])
  return (key) => {
    const category = all.get(key)
    if (category) return named(category, key)
    const found = classes.find((one) => `${one.standard}/${one.kind}/${one.code}` === key)
    return named(found, key)
  }
}

/** Names of units by code; `-` is nobody, by rule. */
export function useUnitNames(nobody: string): (code: string) => string {
  const units = new Map(useUnits().map((one) => [one.code, one]))
  return (code) => (code === '-' ? nobody : named(units.get(code), code))
}

/** Names of areas by code, of those asked for. */
export function useAreaNames(codes: string[]): (code: string) => string {
  const wanted = [...new Set(codes)].sort()
  const found = useQuery({
    queryKey: ['area-names', wanted], staleTime: HOUR_MS, enabled: wanted.length > 0,
    queryFn: async () => new Map(await Promise.all(wanted.slice(0, 60).map(async (code): Promise<[string, string]> => {
      try {
        return [code, (await ok(api.GET('/api/areas/{code}', { params: { path: { code } } }))).name]
      } catch {
        return [code, code]
      }
    }))),
  }).data
  return (code) => found?.get(code) ?? code
}

/** A colour of eight for each unit, always the same for the same code. */
export function tintOf(code: string): number {
  let sum = 0
  for (const sign of code) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0
  return sum % 8
}

/** How a cell is to be painted: what is open goes before what quarrels, and that before who answers. */
export function paintOf(cell: Cell): 'gap' | 'tie' | 'nobody' | 'unit' {
  if (cell.gaps) return 'gap'
  if (cell.ties) return 'tie'
  return cell.units[0]?.[0] === '-' ? 'nobody' : 'unit'
}
