import { Component, type ReactNode } from 'react'
import { text } from '../common/language'

/** An error while drawing takes down its own screen: the head, what waits and the way to the other screens stay. */
export class Broken extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    if (!this.state.error) return this.props.children
    return (
      <div className="page" role="alert">
        <p className="alert">{text('common.page_broke')} {text('common.page_broke_detail')}</p>
        <button type="button" onClick={() => this.setState({ error: null })}>{text('common.retry')}</button>
      </div>
    )
  }
}
