import type admin from './zh/admin.json'
import type city from './zh/city.json'
import type common from './zh/common.json'
import type desk from './zh/desk.json'
import type duties from './zh/duties.json'
import type field from './zh/field.json'
import type help from './zh/help.json'
import type imports from './zh/imports.json'
import type lists from './zh/lists.json'
import type shell from './zh/shell.json'

/** Every folder of texts, typed after the Chinese file; a test holds the English one to the same keys. */
export interface Catalogues {
  admin: typeof admin
  city: typeof city
  common: typeof common
  desk: typeof desk
  duties: typeof duties
  field: typeof field
  help: typeof help
  imports: typeof imports
  lists: typeof lists
  shell: typeof shell
}
