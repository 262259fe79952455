import { Button, Modal } from 'antd'
import { useText } from '../../common/language'
import { signOut, useSession } from '../../common/session'
import { useProblems } from '../problems'
import { ChoosePassword } from './ChoosePassword'
import { SetUpFactor } from './SetUpFactor'
import { SignInForm } from './SignInForm'

/** Over the page as it stands: sign in again, or do what must come first. Nothing below is lost meanwhile. */
export function SignInAgain() {
  const [t, tell] = [useText(), useProblems()]
  const { me } = useSession()
  if (!me) return null
  const first = me.must_change_password ? 'password' : me.must_set_second_factor ? 'factor' : 'session'
  const title = { password: t('common.choose_password'), factor: t('common.factor_needed'), session: t('common.sign_in_again') }[first]
  return (
    <Modal open title={title} footer={null} closable={false} mask={{ closable: false }} keyboard={false} width={420} destroyOnHidden zIndex={2000}>
      {first === 'password' && <ChoosePassword />}
      {first === 'factor' && <SetUpFactor />}
      {first === 'session' && (
        <>
          <p className="quiet">{t('common.sign_in_again_detail')}</p>
          <SignInForm name={me.id} />
        </>
      )}
      <Button type="link" className="dialog-out" onClick={() => void signOut().catch(tell)}>{t('common.sign_out')}</Button>
    </Modal>
  )
}
