// The neighbourhood's map: moved by finger, mouse and keys; the list below it says the same in words.

import { type Case, type Collection, drawNames, drawOutline, drawSpot, type Name, namesOf, type Outline, outlinesOf, prepared, spots, type Spot, View } from './draw'
import { data, fill, make, type Words, wordsOf } from './page'

const NEAR_PX = 28
const TOLD = 4

export async function showMap(box: HTMLElement): Promise<void> {
  const words = wordsOf(box)
  const [cases, streets] = await Promise.all([
    data<Collection<Case>>(box.dataset.cases ?? ''),
    data<Collection<{ name: string }>>(box.dataset.outline ?? ''),
  ])
  if (cases.features.length === 0) return
  box.hidden = false
  box.className = 'map'
  new Chart(box, words, spots(cases.features), outlinesOf(streets.features), namesOf(streets.features), Boolean(box.dataset.area))
}

class Chart {
  readonly #canvas: HTMLCanvasElement
  readonly #told: HTMLElement
  readonly #view = new View([0, 0], 1)
  readonly #fingers = new Map<number, PointerEvent>()
  #chosen: Spot | null = null
  #moved = 0

  constructor(
    box: HTMLElement,
    words: Words,
    readonly spots: Spot[],
    readonly outline: Outline,
    readonly names: Name[],
    near: boolean,
  ) {
    this.#canvas = make('canvas', { tabindex: '0', role: 'img', 'aria-label': fill(words.map_picture) })
    this.#told = make('p', { class: 'told', 'aria-live': 'polite' })
    box.append(this.#canvas, this.#told, this.#buttons(words), legend(words))
    const points = near || outline.length === 0 ? spots.map((spot) => spot.at) : outline.flat()
    this.#size()
    this.#view.fit(points)
    this.#listen()
    this.#draw()
  }

  #size(): void {
    this.#view.width = this.#canvas.clientWidth
    this.#view.height = this.#canvas.clientHeight
  }

  #buttons(words: Words): HTMLElement {
    const button = (sign: string, label: string | undefined, factor: number) => {
      const made = make('button', { type: 'button', 'aria-label': fill(label) }, sign)
      made.addEventListener('click', () => this.#zoom(factor))
      return made
    }
    return make('div', { class: 'zoom' }, button('＋', words.map_zoom_in, 1 / 1.6), button('－', words.map_zoom_out, 1.6))
  }

  #listen(): void {
    const canvas = this.#canvas
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId)
      this.#fingers.set(event.pointerId, event)
      if (this.#fingers.size === 1) this.#moved = 0
    })
    canvas.addEventListener('pointermove', (event) => this.#drag(event))
    for (const name of ['pointerup', 'pointercancel'] as const) {
      canvas.addEventListener(name, (event) => {
        this.#fingers.delete(event.pointerId)
        if (name === 'pointerup' && this.#moved < 8) this.#choose(event.offsetX, event.offsetY)
      })
    }
    canvas.addEventListener('keydown', (event) => this.#key(event))
    new ResizeObserver(() => this.#draw()).observe(canvas)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw())
  }

  #drag(event: PointerEvent): void {
    const before = this.#fingers.get(event.pointerId)
    if (before === undefined) return
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY]
    const other = [...this.#fingers.entries()].find(([id]) => id !== event.pointerId)?.[1]
    this.#moved += Math.abs(dx) + Math.abs(dy)
    this.#fingers.set(event.pointerId, event)
    if (other === undefined) this.#view.move(dx, dy)
    else {
      const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY)
      const is = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY)
      this.#view.move(dx / 2, dy / 2)
      if (was > 0 && is > 0) this.#view.scale *= was / is
    }
    this.#draw()
  }

  #key(event: KeyboardEvent): void {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40],
    }
    const move = moves[event.key]
    if (move !== undefined) {
      this.#view.move(...move)
      this.#draw()
    } else if (event.key === '+' || event.key === '=') this.#zoom(1 / 1.6)
    else if (event.key === '-') this.#zoom(1.6)
    else return
    event.preventDefault()
  }

  #zoom(factor: number): void {
    this.#view.scale = Math.min(2000, Math.max(0.2, this.#view.scale * factor))
    this.#draw()
  }

  #choose(x: number, y: number): void {
    const away = (spot: Spot) => {
      const [px, py] = this.#view.pixel(spot.at)
      return Math.hypot(px - x, py - y)
    }
    const near = this.spots.filter((spot) => away(spot) <= NEAR_PX).sort((a, b) => away(a) - away(b))
    this.#chosen = near[0] ?? null
    const shown = this.#chosen?.cases ?? []
    this.#told.replaceChildren(...shown.slice(0, TOLD).map(line), shown.length > TOLD ? '…' : '')
    this.#draw()
  }

  #draw(): void {
    const paper = prepared(this.#canvas, this.#view)
    if (paper === null) return
    drawOutline(paper, this.#view, this.outline)
    drawNames(paper, this.#view, this.names)
    for (const spot of this.spots) drawSpot(paper, this.#view, spot, spot === this.#chosen)
  }
}

function line(one: Case): HTMLElement {
  const listed = document.getElementById(`c-${one.number}`) !== null
  const name = listed ? make('a', { href: `#c-${one.number}` }, one.category) : make('b', {}, one.category)
  return make('span', {}, name, ` · ${one.place} · ${one.stage}`, make('br'))
}

function legend(words: Words): HTMLElement {
  return make(
    'p',
    { class: 'legend' },
    make('span', {}, make('i', { class: 'dot' }), fill(words.map_open)),
    make('span', {}, make('i', { class: 'square' }), fill(words.map_closed)),
  )
}
