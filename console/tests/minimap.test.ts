import { describe, expect, it } from 'vitest'
import { HIGH, WIDE, barM, projection } from '../src/office/minimap/project'

const middle = { lon: 105.3123, lat: 29.1045 }

describe('the projection of the small map', () => {
  it('has its point in the middle and comes back to it', () => {
    const draw = projection(middle, 800)
    expect(draw.to(middle.lon, middle.lat)).toEqual([WIDE / 2, HIGH / 2])
    expect(draw.back(WIDE / 2, HIGH / 2)).toEqual(middle)
  })

  it('is true to scale', () => {
    const draw = projection(middle, 1000)
    const [x] = draw.to(middle.lon + 0.001, middle.lat)
    const [, y] = draw.to(middle.lon, middle.lat + 0.001)
    expect((x - WIDE / 2) / (WIDE / 1000)).toBeCloseTo(97.3, 0)
    expect((HIGH / 2 - y) / (WIDE / 1000)).toBeCloseTo(111.1, 0)
  })

  it.each([[200, 50], [800, 200], [12000, 2000]])('of %i m has a bar of %i m', (width, bar) => {
    expect(barM(width)).toBe(bar)
  })
})
