import { textOr, titled, useText } from '../../common/language'
import { Choice } from '../me/Me'
import { Picker } from './Picker'
import { CHOSEN, type Spec, isMany, valuesOf } from './fields'

type Props = { name: string; spec: Spec; value: unknown; needed: boolean; onChange: (value: unknown) => void }
const LIMIT_KINDS = ['work_hour', 'work_day', 'calendar_day', 'urgent_hour', 'work_minute', 'urgent_minute', 'urgent_day'] as const

/** One field by its type, for a thumb. */
export function Field({ name, spec, value, needed: must, onChange }: Props) {
  const t = useText()
  const label = titled(spec['x-title'], name)
  if (CHOSEN.has(spec['x-type'])) return <Picker title={label} spec={spec} value={value} needed={must} onChange={onChange} />
  if (spec['x-type'] === 'choice') {
    const options = valuesOf(spec).map((one): [string, string] => [one, titled(spec['x-titles']?.[one], textOr(`common.limit_${one}`, one))])
    if (isMany(spec)) return <Several title={label} needed={must} value={(value as string[] | undefined) ?? []} options={options} onChange={onChange} />
    return <Choice title={label} needed={must} value={String(value ?? '')} options={options} onChoose={onChange} />
  }
  if (spec['x-type'] === 'boolean') {
    return <Choice title={label} needed={must} value={String(value ?? '')} options={[['true', t('common.yes')], ['false', t('common.no')]]} onChoose={(next) => onChange(next === 'true')} />
  }
  if (spec['x-type'] === 'limit') return <Limit title={label} needed={must} value={(value as Amount | undefined) ?? {}} onChange={onChange} />
  return (
    <label className="field">
      <span>{label}{must && <em aria-label={t('common.required')}>*</em>}</span>
      {input(spec, value, onChange)}
      {isMany(spec) && <small>{t('field.one_a_line')}</small>}
      {spec['x-help'] && <small>{titled(spec['x-help'])}</small>}
    </label>
  )
}

function input(spec: Spec, value: unknown, onChange: (value: unknown) => void) {
  const given = { value: String(value ?? ''), onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
  switch (spec['x-type']) {
    case 'integer': return <input type="number" inputMode="numeric" step="1" min={spec.minimum} max={spec.maximum} {...given} />
    case 'decimal': case 'money': return <input inputMode="decimal" {...given} />
    case 'date': return <input type="date" {...given} />
    case 'datetime': return <input type="datetime-local" {...given} />
    case 'plate': case 'credit_code': case 'part_code': return <input autoCapitalize="characters" autoComplete="off" {...given} />
    default: return <textarea rows={2} maxLength={spec.maxLength ?? 2000} {...given} />
  }
}

type SeveralProps = { title: string; needed: boolean; value: string[]; options: [string, string][]; onChange: (value: unknown) => void }

/** Some of a few. */
function Several({ title, needed, value, options, onChange }: SeveralProps) {
  const t = useText()
  return (
    <fieldset className="choice">
      <legend>{title}{needed && <em aria-label={t('common.required')}>*</em>}</legend>
      <div>
        {options.map(([name, label]) => (
          <button key={name} type="button" aria-pressed={value.includes(name)} onClick={() => onChange(value.includes(name) ? value.filter((one) => one !== name) : [...value, name])}>{label}</button>
        ))}
      </div>
    </fieldset>
  )
}

type Amount = { amount?: string; kind?: string }
type LimitProps = { title: string; needed: boolean; value: Amount; onChange: (value: unknown) => void }

/** So much time, and how it is counted. */
function Limit({ title, needed, value, onChange }: LimitProps) {
  const t = useText()
  return (
    <fieldset className="field">
      <legend>{title}{needed && <em aria-label={t('common.required')}>*</em>}</legend>
      <input inputMode="decimal" aria-label={`${title} ${t('field.quantity')}`} value={value.amount ?? ''} onChange={(event) => onChange({ ...value, amount: event.target.value })} />
      <Choice title={t('field.counted_by')} value={value.kind ?? ''} options={LIMIT_KINDS.map((one) => [one, t(`common.limit_${one}`)])} onChoose={(kind) => onChange({ ...value, kind })} />
    </fieldset>
  )
}
