import { type Light } from '../../common/light'
import { type Point, metres } from '../place/geo'
import type { Task } from '../store/bundle'

export type Order = 'urgent' | 'near'
/** Metres that weigh as much as an hour: two tasks due within the hour are taken in the order of the way. */
const METRES_AN_HOUR = 2000
const HOUR_MS = 3_600_000

export const pointOf = (task: Task): Point | null => (task.place?.lon != null && task.place.lat != null ? { lon: task.place.lon, lat: task.place.lat } : null)

/** Urgent first, the way counted in; or nearest first. Those without a limit or a place come last. */
export function ordered(tasks: readonly Task[], order: Order, from: Point | null, now: number): Task[] {
  const far = (task: Task): number => {
    const point = pointOf(task)
    return from && point ? metres(from, point) : Infinity
  }
  const left = (task: Task): number => (task.due ? (Date.parse(task.due) - now) / HOUR_MS : Infinity)
  const weight = (task: Task): number => {
    if (order === 'near') return far(task)
    const way = far(task)
    return left(task) + (Number.isFinite(way) ? way / METRES_AN_HOUR : 0)
  }
  return [...tasks].sort((a, b) => compare(weight(a), weight(b)) || compare(left(a), left(b)) || a.number.localeCompare(b.number))
}

const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

/** Green to 80 % of the way from the task's begin to its limit, yellow to the limit, red beyond; of the wall clock. */
export function lightOf(task: Task, now: number): Light | null {
  if (!task.due) return null
  const [since, due] = [Date.parse(task.since), Date.parse(task.due)]
  if (now >= due) return 'red'
  return now - since >= 0.8 * (due - since) ? 'yellow' : 'green'
}
