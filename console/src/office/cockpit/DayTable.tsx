import { useText } from '../../common/language'
import type { Board } from './board'
import { Figure } from './parts'

/** The trend as numbers, newest day first, each with its list. */
export function DayTable({ days }: { days: Board['trend'] }) {
  const t = useText()
  const reports = days.some((one) => one.reports)
  return (
    <div className="day-table" tabIndex={0} role="group" aria-label={t('cockpit.trend')}>
      <table>
        <thead><tr><th scope="col">{t('cockpit.day')}</th>{reports && <th scope="col">{t('cockpit.reports')}</th>}<th scope="col">{t('cockpit.opened')}</th><th scope="col">{t('cockpit.handed_back')}</th></tr></thead>
        <tbody>
          {[...days].reverse().map((one) => (
            <tr key={one.day}>
              <th scope="row">{one.day}</th>
              {reports && <td>{one.reports && <Figure n={one.reports.count} records={one.reports.records} />}</td>}
              <td><Figure n={one.opened.count} records={one.opened.records} /></td>
              <td><Figure n={one.handed_back.count} records={one.handed_back.records} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
