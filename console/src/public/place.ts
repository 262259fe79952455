// Where the person stands, with how exact that is; and what is known nearby, before the same is reported again.

import { type Case, type Collection, drawOutline, drawPosition, drawSpot, type Outline, outlinesOf, type Point, prepared, type Spot, View } from './draw'
import { data, fill, make, type Words } from './page'

const FAR_M = 2000
const GOOD_M = 20
const PATIENCE_MS = 12_000

export interface Nearby {
  inside: boolean
  place: string
  cases: (Case & { metres: number })[]
}

export class Place {
  readonly #box: HTMLElement
  readonly #said = make('p', { class: 'hint', role: 'status' })
  readonly #button: HTMLButtonElement
  readonly #canvas = make('canvas', { role: 'img' })
  #watch = 0
  #outline: Outline = []

  constructor(
    readonly form: HTMLFormElement,
    readonly words: Words,
    readonly near: (found: Nearby | null) => void,
  ) {
    this.#box = form.querySelector<HTMLElement>('#position') ?? make('div')
    this.#button = make('button', { type: 'button', class: 'plain' }, fill(words.locate))
    this.#canvas.setAttribute('aria-label', fill(words.map_you))
    // Browsers tell positions to encrypted pages only.
    if (!('geolocation' in navigator) || !isSecureContext) return
    this.#button.addEventListener('click', () => (this.#set() ? this.#drop() : this.#locate()))
    this.#box.append(this.#button, this.#said)
  }

  /** What is open in a chosen neighbourhood, for those who show no position. */
  async ofArea(code: string): Promise<void> {
    const path = this.form.dataset.nearby
    if (!path || this.#set() || code === '') return this.near(null)
    const found = await data<Collection<Case>>('/report/map.geojson', { area: code }).catch(() => null)
    const open = (found?.features ?? []).map((one) => one.properties).filter((one) => one.state === 'open')
    this.near({ inside: true, place: '', cases: open.slice(0, 5).map((one) => ({ ...one, metres: -1 })) })
  }

  #field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement
  }

  #set(): boolean {
    return this.#field('lon').value !== ''
  }

  #locate(): void {
    this.#said.textContent = fill(this.words.locating)
    this.#button.disabled = true
    const end = setTimeout(() => this.#stop(), PATIENCE_MS)
    const options = { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 10_000 }
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        void this.#found([coords.longitude, coords.latitude], coords.accuracy)
        if (coords.accuracy <= GOOD_M) {
          clearTimeout(end)
          this.#stop()
        }
      },
      () => {
        clearTimeout(end)
        this.#stop()
        if (!this.#set()) this.#said.textContent = fill(this.words.locate_failed)
      },
      options,
    )
  }

  #stop(): void {
    navigator.geolocation.clearWatch(this.#watch)
    this.#button.disabled = false
    if (!this.#set() && this.#said.textContent === fill(this.words.locating)) {
      this.#said.textContent = fill(this.words.locate_failed)
    }
  }

  async #found(at: Point, accuracy: number): Promise<void> {
    const metres = Math.max(1, Math.round(accuracy))
    this.#button.disabled = false
    if (accuracy > FAR_M) {
      this.#said.textContent = fill(this.words.locate_far, { metres })
      return
    }
    const path = this.form.dataset.nearby
    const found = path ? await data<Nearby>(path, { lon: at[0], lat: at[1] }).catch(() => null) : null
    if (found !== null && !found.inside) {
      this.#said.textContent = fill(this.words.locate_outside)
      return
    }
    this.#field('lon').value = at[0].toFixed(6)
    this.#field('lat').value = at[1].toFixed(6)
    this.#field('accuracy').value = String(metres)
    const place = found?.place ? ` · ${found.place}` : ''
    this.#said.textContent = fill(this.words.located, { metres }) + place
    this.#button.textContent = fill(this.words.locate_drop)
    this.near(found)
    await this.#draw(at, accuracy)
  }

  #drop(): void {
    for (const name of ['lon', 'lat', 'accuracy']) this.#field(name).value = ''
    this.#button.textContent = fill(this.words.locate)
    this.#said.textContent = ''
    this.#canvas.remove()
    this.near(null)
  }

  async #draw(at: Point, accuracy: number): Promise<void> {
    const area = { west: at[0] - 0.01, east: at[0] + 0.01, south: at[1] - 0.01, north: at[1] + 0.01 }
    if (this.form.dataset.nearby && this.#outline.length === 0) {
      const streets = await data<Collection<{ name: string }>>('/report/outline.geojson').catch(() => null)
      this.#outline = outlinesOf(streets?.features ?? [])
    }
    const cases = this.form.dataset.nearby ? await data<Collection<Case>>('/report/map.geojson').catch(() => null) : null
    const near: Spot[] = (cases?.features ?? [])
      .map((one) => ({ at: one.geometry.coordinates as Point, cases: [one.properties] }))
      .filter(({ at: [x, y], cases: [one] }) => one?.state === 'open' && x > area.west && x < area.east && y > area.south && y < area.north)
    if (!this.#set()) return
    this.#box.insertBefore(this.#canvas, this.#said)
    const view = new View(at, Math.max(accuracy * 3, 300) / Math.max(100, this.#canvas.clientHeight))
    const paper = prepared(this.#canvas, view)
    if (paper === null) return
    drawOutline(paper, view, this.#outline)
    for (const spot of near) drawSpot(paper, view, spot)
    drawPosition(paper, view, at, accuracy)
  }
}
