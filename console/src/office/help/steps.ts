import type { Key } from '../../common/language'

/** One stop of a tour: where, and what is to be said there (`help.step_<id>`, `help.step_<id>_text`). */
export type Step = { id: string; path: string; title: Key; text: Key }

const step = <I extends string>(id: I, path: string) => ({ id, path, title: `help.step_${id}` as Key, text: `help.step_${id}_text` as Key })

const STOPS = {
  desk: step('desk', '/desk'),
  triage: step('triage', '/triage'),
  dispatch: step('dispatch', '/dispatch'),
  lists: step('lists', '/lists'),
  late: step('late', '/lists?late=true'),
  approvals: step('approvals', '/approvals'),
  shifts: step('shifts', '/duty'),
  map: step('map', '/map'),
  cockpit: step('cockpit', '/cockpit'),
  compare: step('compare', '/compare'),
  duties: step('duties', '/admin/duties'),
  check: step('check', '/admin/duties?tab=check'),
  units: step('units', '/admin/units'),
  accounts: step('accounts', '/admin/accounts'),
  jobs: step('jobs', '/admin/jobs'),
  settings: step('settings', '/admin/settings'),
  audit: step('audit', '/admin/audit'),
  import: step('import', '/import'),
  field: step('field', '/field'),
  account: step('account', '/account'),
} as const

/** Five minutes of each role: the screens in the order of the day. Stops that a person may not open are left out. */
export const TOURS: Record<string, Step[]> = {
  collector: [STOPS.field, STOPS.desk, STOPS.account],
  intake_officer: [STOPS.desk, STOPS.triage, STOPS.lists, STOPS.import, STOPS.map],
  shift_leader: [STOPS.desk, STOPS.approvals, STOPS.shifts, STOPS.late, STOPS.check],
  dispatcher: [STOPS.desk, STOPS.dispatch, STOPS.lists, STOPS.approvals, STOPS.duties, STOPS.map],
  unit_officer: [STOPS.desk, STOPS.lists, STOPS.duties, STOPS.account],
  handler: [STOPS.field, STOPS.desk, STOPS.account],
  supervisor: [STOPS.desk, STOPS.late, STOPS.map, STOPS.check],
  leader: [STOPS.cockpit, STOPS.map, STOPS.late, STOPS.check],
  appraiser: [STOPS.compare, STOPS.lists, STOPS.check, STOPS.units, STOPS.account],
  administrator: [STOPS.accounts, STOPS.units, STOPS.check, STOPS.jobs, STOPS.settings, STOPS.audit],
  auditor: [STOPS.audit, STOPS.account],
}

/** Roles in the order in which cards are printed. */
export const ROLES = Object.keys(TOURS)
