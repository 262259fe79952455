import { ImportOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, InputNumber, Select, Skeleton, Table, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment, onClock, serverNow } from '../../common/time'
import { FaultTable, FileImport, Tally } from '../admin/FileImport'
import { Frame } from '../admin/Frame'
import { LIMIT_KINDS } from '../forms/schema'
import { useProblems } from '../problems'
import { monthOf } from './month'

type Holidays = Schemas['HolidaysOut']
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** The year with holidays and days worked in exchange, hours of each calendar, who follows it, and when a limit ends. */
export default function Calendars() {
  const [t, me, queries] = [useText(), useMe(), useQueryClient()]
  const [year, setYear] = useState(dayjs().year())
  const [importing, setImporting] = useState(false)
  const holidays = useQuery({ queryKey: ['calendars', 'holidays', year], queryFn: () => ok(api.GET('/api/calendars/holidays', { params: { query: { year } } })) })
  const calendars = useQuery({ queryKey: ['calendars'], queryFn: () => ok(api.GET('/api/calendars')) })
  return (
    <Frame title={t('shell.calendars')} about={t('city.calendars_about')} extra={may(me, 'calendar.write') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('city.holidays_import')}</Button>}>
      <div className="year-head">
        <Button icon={<LeftOutlined />} aria-label={t('city.year_before')} onClick={() => setYear(year - 1)} /><h2>{year}</h2><Button icon={<RightOutlined />} aria-label={t('city.year_after')} onClick={() => setYear(year + 1)} />
        <span className="legend"><i className="day-off" />{t('city.holiday')}<i className="day-worked" />{t('city.workday')}<i className="day-weekend" />{t('city.weekend')}</span>
        {holidays.data && (holidays.data.announced.includes(year) ? <span className="light light-green">● {t('city.announced')}</span> : <span className="light light-yellow">▲ {t('city.not_announced')}</span>)}
      </div>
      {holidays.data ? <Year year={year} holidays={holidays.data} /> : <Skeleton active />}
      <h2>{t('city.calendars')}</h2>
      <Table<Schemas['CalendarOut']>
        size="small" rowKey="code" dataSource={calendars.data ?? []} loading={calendars.isPending} pagination={false} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('city.calendar'), key: 'name', render: (_, one) => <>{one.name} <span className="quiet">{one.code}</span></> },
          { title: t('city.hours'), key: 'hours', render: (_, one) => <Hours versions={one.versions} /> },
          { title: t('city.follows'), dataIndex: 'follows_holidays', render: (yes: boolean) => t(yes ? 'common.yes' : 'common.no') },
          { title: t('city.known_through'), dataIndex: 'announced_through' },
          { title: t('city.roles'), dataIndex: 'roles', render: (roles: string[]) => <Roles names={roles} /> },
        ]}
      />
      <h2>{t('city.deadline')}</h2>
      <Deadline calendars={calendars.data ?? []} />
      <FileImport<Schemas['HolidayImportOut']>
        open={importing} onClose={() => setImporting(false)} onDone={() => void queries.invalidateQueries({ queryKey: ['calendars'] })} url="/api/calendars/holidays/import" accept=".csv"
        title={t('city.holidays_import')} about={t('city.holidays_import_about')} options={[{ name: 'replace', label: t('city.holidays_replace'), type: 'check' }]}
        result={(done) => <><Tally of={[[t('admin.n_new'), done.new], [t('admin.n_changed'), done.changed], [t('admin.n_unchanged'), done.unchanged], [t('city.withdrawn'), done.withdrawn]]} />{done.warnings.length > 0 && <FaultTable faults={done.warnings} />}</>}
      />
    </Frame>
  )
}

function Roles({ names }: { names: string[] }) {
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => ok(api.GET('/api/roles')), staleTime: Infinity }).data
  return names.map((name) => <Tag key={name}>{titled(roles?.find((one) => one.name === name)?.title, name)}</Tag>)
}

function Year({ year, holidays }: { year: number; holidays: Holidays }) {
  const t = useText()
  const special = new Map(holidays.days.map((one) => [one.day, one]))
  return (
    <div className="year">
      {Array.from({ length: 12 }, (_, month) => (
        <table key={month} className="month">
          <caption>{t('city.month', { n: month + 1 })}</caption>
          <thead><tr>{WEEKDAYS.map((one) => <th key={one} scope="col"><abbr title={t(`city.weekday_${one}`)}>{t(`city.weekday_${one}`).slice(-1)}</abbr></th>)}</tr></thead>
          <tbody>
            {monthOf(year, month).map((week, n) => (
              <tr key={n}>{week.map((day, at) => <td key={at}>{day && <Day iso={day} weekend={at > 4} special={special.get(day)} />}</td>)}</tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}

function Day({ iso, weekend, special }: { iso: string; weekend: boolean; special: Holidays['days'][number] | undefined }) {
  const t = useText()
  const shown = Number(iso.slice(8))
  if (!special) return <span className={weekend ? 'day-weekend' : ''}>{shown}</span>
  const off = special.kind === 'holiday'
  return <span className={off ? 'day-off' : 'day-worked'} title={`${iso} ${special.name}`}>{shown}<sup>{t(off ? 'city.off_short' : 'city.worked_short')}</sup></span>
}

type Spec = { seasons?: { from: string; to: string; weekdays: Record<string, string[]> }[]; weekdays?: Record<string, string[]> }

/** The hours in force, days with the same hours together: `周一–周五 08:30-12:00 14:00-17:30`. */
function Hours({ versions }: { versions: Schemas['CalendarOut']['versions'] }) {
  const t = useText()
  const spec = hoursIn(versions.at(-1))
  if (!spec.length) return <>—</>
  return <>{spec.map((one, n) => <div key={n}>{one.season && <span className="quiet">{one.season} </span>}{one.days.map((days, at) => <span key={at} className="hours">{t(`city.weekday_${days.first}`)}{days.last !== days.first && `–${t(`city.weekday_${days.last}`)}`} {days.hours} </span>)}</div>)}</>
}

type Days = { first: (typeof WEEKDAYS)[number]; last: (typeof WEEKDAYS)[number]; hours: string }
function hoursIn(version: Record<string, unknown> | undefined): { season: string; days: Days[] }[] {
  const written = (Object.values(version ?? {}).find((one) => one && typeof one === 'object' && ('weekdays' in one || 'seasons' in one)) ?? version ?? {}) as Spec
  const seasons = written.seasons ?? (written.weekdays ? [{ from: '01-01', to: '12-31', weekdays: written.weekdays }] : [])
  return seasons.map((season) => ({
    season: season.from === '01-01' && season.to === '12-31' ? '' : `${season.from}–${season.to}`,
    days: WEEKDAYS.reduce<Days[]>((all, day) => {
      const hours = (season.weekdays[day] ?? []).join(' ')
      const last = all.at(-1)
      if (!hours) return all
      if (last?.hours === hours && WEEKDAYS.indexOf(last.last) === WEEKDAYS.indexOf(day) - 1) last.last = day
      else all.push({ first: day, last: day, hours })
      return all
    }, []),
  }))
}

type Asked = { start: Dayjs; amount: number; kind: Schemas['DeadlineIn']['kind']; calendar: string }

function Deadline({ calendars }: { calendars: Schemas['CalendarOut'][] }) {
  const [t, tell] = [useText(), useProblems()]
  const ask = useMutation({
    mutationFn: (given: Asked) => ok(api.POST('/api/calendars/deadline', { body: { start: onClock(given.start.format('YYYY-MM-DDTHH:mm')).toISOString(), amount: given.amount, kind: given.kind, calendar: given.calendar } })),
    onError: (error) => tell(error),
  })
  return (
    <Form<Asked> layout="inline" className="deadline" initialValues={{ start: dayjs(moment(serverNow())), amount: 2, kind: 'work_day' }} onFinish={(given) => ask.mutate(given)}>
      <Form.Item name="start" label={t('city.deadline_start')} rules={[{ required: true }]}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" /></Form.Item>
      <Form.Item name="amount" label={t('city.deadline_amount')} rules={[{ required: true }]}><InputNumber min={0} max={999} /></Form.Item>
      <Form.Item name="kind" label={t('city.deadline_kind')}><Select options={LIMIT_KINDS.map((value) => ({ value, label: t(`common.limit_${value}`) }))} /></Form.Item>
      <Form.Item name="calendar" label={t('city.calendar')} rules={[{ required: true }]}><Select options={calendars.map((one) => ({ value: one.code, label: one.name }))} /></Form.Item>
      <Button htmlType="submit" loading={ask.isPending}>{t('city.deadline_ask')}</Button>
      {ask.data && <Alert type={ask.data.provisional ? 'warning' : 'success'} showIcon title={t('city.deadline_due', { at: moment(ask.data.due) })} description={ask.data.provisional ? t('city.deadline_provisional') : undefined} />}
    </Form>
  )
}
