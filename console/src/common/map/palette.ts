import type { Light } from '../light'

export type Look = 'light' | 'dark'
export type Palette = {
  ground: string; land: string; street: string; community: string; grid: string; edge: string; name: string; halo: string
  bubble: string; bubbleEdge: string; bubbleText: string; drawn: string; light: Record<Light, string>; heat: string[]
}

/** Colours of the map; those of clocks are strong enough to be told apart as small marks, shapes tell the rest. */
export const PALETTES: Record<Look, Palette> = {
  light: {
    ground: '#e9edf1', land: '#fbfcfd', street: '#6c8399', community: '#a9b8c6', grid: '#cfd8e0', edge: '#3c5670', name: '#33475b', halo: '#ffffff',
    bubble: '#1d5c8f', bubbleEdge: '#ffffff', bubbleText: '#ffffff', drawn: '#b3261e', light: { green: '#1a7f37', yellow: '#b87700', red: '#c5221f', grey: '#6e7781' },
    heat: ['rgba(33,102,172,0)', 'rgba(103,169,207,.55)', 'rgba(253,219,120,.75)', 'rgba(239,138,66,.85)', 'rgba(190,24,30,.92)'],
  },
  dark: {
    ground: '#0e1319', land: '#161e28', street: '#4b6a8a', community: '#2f4358', grid: '#223142', edge: '#6d9ac4', name: '#a9bed3', halo: '#10171f',
    bubble: '#2f7fbf', bubbleEdge: '#cfe6fa', bubbleText: '#ffffff', drawn: '#ffb4ab', light: { green: '#57c76d', yellow: '#e3b341', red: '#ff6b60', grey: '#9aa5b1' },
    heat: ['rgba(40,110,190,0)', 'rgba(52,126,196,.55)', 'rgba(240,200,90,.7)', 'rgba(245,140,60,.85)', 'rgba(255,80,70,.95)'],
  },
}

/** As `light` of a point stands in a tile: the server's order. */
export const LIGHTS: readonly Light[] = ['grey', 'green', 'yellow', 'red']
const SIZE = 20
const SCALE = 2

/** The mark of a clock's state as an image: circle, triangle, square, two bars, each with a rim. */
export function markOf(light: Light, palette: Palette): ImageData {
  const side = SIZE * SCALE
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const pen = canvas.getContext('2d')!
  pen.fillStyle = palette.light[light]
  pen.strokeStyle = palette.halo
  pen.lineWidth = 2 * SCALE
  pen.lineJoin = 'round'
  const u = (n: number) => n * SCALE
  pen.beginPath()
  if (light === 'green') pen.arc(u(10), u(10), u(5.5), 0, Math.PI * 2)
  else if (light === 'yellow') {
    pen.moveTo(u(10), u(3.5))
    pen.lineTo(u(16.8), u(15.5))
    pen.lineTo(u(3.2), u(15.5))
    pen.closePath()
  } else if (light === 'red') pen.rect(u(4.2), u(4.2), u(11.6), u(11.6))
  else {
    pen.rect(u(5), u(4), u(3.6), u(12))
    pen.rect(u(11.4), u(4), u(3.6), u(12))
  }
  pen.stroke()
  pen.fill()
  return pen.getImageData(0, 0, side, side)
}
export const MARK_SCALE = SCALE
