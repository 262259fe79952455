import type approvals from './zh/approvals.json'
import type cases from './zh/case.json'
import type checks from './zh/checks.json'
import type cockpit from './zh/cockpit.json'
import type compare from './zh/compare.json'
import type common from './zh/common.json'
import type desk from './zh/desk.json'
import type documents from './zh/documents.json'
import type dispatch from './zh/dispatch.json'
import type duty from './zh/duty.json'
import type admin from './zh/admin.json'
import type city from './zh/city.json'
import type duties from './zh/duties.json'
import type field from './zh/field.json'
import type help from './zh/help.json'
import type imports from './zh/imports.json'
import type ledgers from './zh/ledgers.json'
import type lists from './zh/lists.json'
import type minimap from './zh/minimap.json'
import type map from './zh/map.json'
import type plans from './zh/plans.json'
import type records from './zh/records.json'
import type tasks from './zh/tasks.json'
import type shell from './zh/shell.json'
import type triage from './zh/triage.json'

/** Every folder of texts, typed after the Chinese file; a test holds the English one to the same keys. */
export interface Catalogues {
  approvals: typeof approvals
  case: typeof cases
  checks: typeof checks
  cockpit: typeof cockpit
  common: typeof common
  compare: typeof compare
  desk: typeof desk
  dispatch: typeof dispatch
  documents: typeof documents
  duty: typeof duty
  admin: typeof admin
  city: typeof city
  duties: typeof duties
  field: typeof field
  help: typeof help
  imports: typeof imports
  ledgers: typeof ledgers
  lists: typeof lists
  minimap: typeof minimap
  map: typeof map
  plans: typeof plans
  records: typeof records
  shell: typeof shell
  tasks: typeof tasks
  triage: typeof triage
}
