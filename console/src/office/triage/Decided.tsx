import { Empty } from 'antd'
import { Link } from 'react-router'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { pathOf } from '../subject'
import { type Decision, mean } from './model'

const MARKS = { done: '✓', filed: '✓', half: '!', gone: '×' } as const

/** What was decided in this sitting, as the server confirmed it. */
export function Decided({ decisions }: { decisions: Decision[] }) {
  const t = useText()
  const average = mean(decisions)
  return (
    <>
      <h2>{t('triage.decided')}</h2>
      <p className="quiet" role="status">
        {t('triage.decided_n', { n: decisions.filter((one) => one.came !== 'gone').length })}
        {average !== null && <> · {t('triage.mean', { s: average.toFixed(1) })}</>}
      </p>
      {decisions.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('triage.nothing_decided')} />}
      <ol className="decided">
        {decisions.map((one) => (
          <li key={`${one.id}${one.at}`} className={`came-${one.came}`}>
            <span aria-hidden="true">{MARKS[one.came]}</span>
            <div>
              <b>{one.came === 'gone' ? t('triage.came_gone') : titled(one.what)}</b>
              {one.came === 'filed' && <> · {t('triage.came_filed')}</>}
              {one.came === 'half' && <> · {t('triage.came_half')}</>}
              <div>{one.about}</div>
              <small className="quiet">
                <Link to={one.case ? pathOf('case', one.case) : pathOf('report', one.id)}>{one.number}</Link> · {moment(one.at).slice(-5)} · {t('common.seconds', { n: Math.round(one.seconds) })}
              </small>
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
