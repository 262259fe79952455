/** How a clock stands; `grey` is suspended. Never told by colour alone: each has a word and a shape. */
export type Light = 'green' | 'yellow' | 'red' | 'grey'

export const SHAPES: Record<Light, string> = { green: '●', yellow: '▲', red: '■', grey: '‖' }

/** Text colours on the page's ground, 4.5:1 and more in light and in dark (WCAG 2.2, 1.4.3). */
export const COLOURS: Record<'light' | 'dark', Record<Light, string>> = {
  light: { green: '#1a7f37', yellow: '#8a5a00', red: '#c5221f', grey: '#5f6670' },
  dark: { green: '#57c76d', yellow: '#e3b341', red: '#ff8a80', grey: '#a4abb6' },
}
