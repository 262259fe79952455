// Types of the API from its description on standard input; `make api` runs it. The digest at the top of the file is
// what tests/unit/test_console.py compares, so that the file cannot grow old unnoticed.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const parts = []
for await (const part of process.stdin) parts.push(part)
const described = Buffer.concat(parts)
const digest = createHash('sha256').update(described).digest('hex')
const types = astToString(await openapiTS(JSON.parse(described.toString()), { alphabetize: true, defaultNonNullable: false }))
writeFileSync(
  new URL('../src/api/schema.d.ts', import.meta.url),
  `// Made by \`make api\` from the server's description; never edited.\n// openapi sha256: ${digest}\n\n${types}`,
)
