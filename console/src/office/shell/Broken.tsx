import { Button, Result } from 'antd'
import { Component, type ReactNode } from 'react'
import { useRouteError } from 'react-router'
import { Problem } from '../../api/problem'
import { text } from '../../common/language'

/** An error while drawing takes down its own page only; a chunk that an update took away asks for a reload. */
export class Broken extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    return this.state.error ? <Told error={this.state.error} again={() => this.setState({ error: null })} /> : this.props.children
  }
}

export function RouteBroken() {
  return <Told error={useRouteError()} again={() => location.reload()} />
}

function Told({ error, again }: { error: unknown; again: () => void }) {
  const outdated = error instanceof TypeError && /dynamically imported|module script/i.test(error.message)
  const problem = error instanceof Problem ? error : null
  return (
    <Result
      status={outdated ? 'info' : 'error'}
      title={outdated ? text('common.new_version') : (problem?.title ?? text('common.page_broke'))}
      subTitle={outdated ? undefined : problem?.request ? text('common.request_number', { id: problem.request }) : text('common.page_broke_detail')}
      extra={<Button type="primary" onClick={outdated ? () => location.reload() : again}>{text(outdated ? 'common.reload' : 'common.retry')}</Button>}
    />
  )
}
