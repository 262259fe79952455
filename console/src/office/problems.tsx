import { App } from 'antd'
import { useMemo } from 'react'
import { Problem } from '../api/problem'
import { text } from '../common/language'

/** Tells what went wrong, what was kept, and what to do; stays until it is read. */
export function useProblems(): (error: unknown, kept?: string) => void {
  const { notification } = App.useApp()
  return useMemo(
    () => (error, kept) => {
      if (error instanceof DOMException && error.name === 'AbortError') return
      const found = error instanceof Problem ? error : new Problem('page_broke', 0, text('common.went_wrong'), String(error))
      notification.error({
        key: found.code,
        title: found.title,
        description: <ProblemText problem={found} kept={kept ?? text('common.kept')} />,
        duration: found.passing ? 8 : 0,
      })
    },
    [notification],
  )
}

/** The parts of a problem below its title. */
export function ProblemText({ problem, kept }: { problem: Problem; kept?: string }) {
  return (
    <div className="problem">
      {problem.detail !== problem.title && <p>{problem.detail}</p>}
      {problem.faults.length > 0 && (
        <ul>
          {problem.faults.slice(0, 6).map((fault, at) => (
            <li key={at}>{[fault.field, fault.why].filter(Boolean).join('：')}</li>
          ))}
        </ul>
      )}
      {problem.retryAfterS && <p>{text('common.wait_s', { n: problem.retryAfterS })}</p>}
      {kept && <p>{kept}</p>}
      {problem.request && <p className="quiet">{text('common.request_number', { id: problem.request })}</p>}
    </div>
  )
}
