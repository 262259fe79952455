import { startTransition, useEffect, useState } from 'react'

/**
 * A value as it is to be drawn: the one before, until the next picture has been painted. What answers a key or a tap
 * takes the value itself; what takes long to draw takes this one, and comes a picture later.
 */
export function useDrawn<T>(value: T): T {
  const [drawn, setDrawn] = useState({ value })
  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined
    const picture = requestAnimationFrame(() => { later = setTimeout(() => startTransition(() => setDrawn({ value }))) })
    return () => {
      cancelAnimationFrame(picture)
      clearTimeout(later)
    }
  }, [value])
  return drawn.value
}
