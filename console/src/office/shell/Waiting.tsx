import { Spin } from 'antd'
import { useText } from '../../common/language'

/** While a screen is on its way. */
export function Waiting() {
  const t = useText()
  return (
    <div className="waiting" role="status" aria-label={t('common.loading')}>
      <Spin delay={200} />
    </div>
  )
}
