import { type Me, may } from '../../common/session'
import { SCREENS } from '../screens'
import { type Step, TOURS } from './steps'

/** Whether a path is a screen that is there and open to a person; the field app is a page of its own. */
export function isOpen(path: string, me: Me): boolean {
  const [bare] = path.split('?')
  if (bare === '/field') return true
  return SCREENS.some((one) => one.path === bare && may(me, one.permission))
}

/** The stops of a role's tour that a person can go to. */
export const stopsOf = (role: string, me: Me): Step[] => (TOURS[role] ?? []).filter((one) => isOpen(one.path, me))
