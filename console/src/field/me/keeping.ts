import { useEffect, useState } from 'react'

export type Kept = { persisted: boolean; used: number; quota: number }
let again: () => void = () => undefined

async function look(): Promise<Kept | null> {
  if (!navigator.storage) return null
  const [persisted, { usage = 0, quota = 0 }] = await Promise.all([navigator.storage.persisted(), navigator.storage.estimate()])
  return { persisted, used: usage, quota }
}

/** Ask the browser not to clear away what is kept here when room is short; some ask the person, some decide by use. */
export async function askToKeep(): Promise<void> {
  await navigator.storage?.persist().catch(() => false)
  again()
}

/** Whether what lies here is safe from the browser's own clearing, and how much of it there is. */
export function useKept(): Kept | null {
  const [kept, setKept] = useState<Kept | null>(null)
  useEffect(() => {
    again = () => void look().then(setKept)
    again()
    return () => { again = () => undefined }
  }, [])
  return kept
}
