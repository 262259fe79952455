import type cockpit from './zh/cockpit.json'
import type common from './zh/common.json'
import type desk from './zh/desk.json'
import type field from './zh/field.json'
import type lists from './zh/lists.json'
import type map from './zh/map.json'
import type shell from './zh/shell.json'

/** Every folder of texts, typed after the Chinese file; a test holds the English one to the same keys. */
export interface Catalogues {
  cockpit: typeof cockpit
  common: typeof common
  desk: typeof desk
  field: typeof field
  lists: typeof lists
  map: typeof map
  shell: typeof shell
}
