import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { api, ok } from '../../api/client'
import type { Problem } from '../../api/problem'
import { useText } from '../../common/language'
import { findOut, useSession } from '../../common/session'
import { ProblemText } from '../problems'

type Values = { old: string; new: string; again: string }

/** The old password and a new one; at a first sign-in nothing else is open before. */
export function ChoosePassword({ onDone }: { onDone?: () => void }) {
  const [t, { me }] = [useText(), useSession()]
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (given: Values) => {
    setBusy(true)
    try {
      await ok(api.POST('/api/me/password', { body: { old: given.old, new: given.new } }))
      await findOut()
      onDone?.()
    } catch (error) {
      setProblem(error as Problem)
    } finally {
      setBusy(false)
    }
  }
  const needed = [{ required: true, message: t('common.required') }]
  return (
    <Form<Values> layout="vertical" requiredMark={false} onFinish={(given) => void submit(given)}>
      <input type="text" autoComplete="username" defaultValue={me?.id} hidden readOnly />
      <p className="quiet">{t(me?.must_change_password ? 'common.choose_password_detail' : 'common.password_rule')}</p>
      {problem && <Alert type="error" showIcon title={problem.title} description={<ProblemText problem={problem} />} className="form-alert" />}
      <Form.Item name="old" label={t('common.old_password')} rules={needed}><Input.Password autoComplete="current-password" maxLength={256} /></Form.Item>
      <Form.Item name="new" label={t('common.new_password')} rules={needed}><Input.Password autoComplete="new-password" maxLength={256} /></Form.Item>
      <Form.Item
        name="again" label={t('common.new_password_again')} dependencies={['new']}
        rules={[...needed, (form) => ({ validator: (_, value) => (value === form.getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('common.passwords_differ')))) })]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>{t('common.save')}</Button>
    </Form>
  )
}
