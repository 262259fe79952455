import { Alert, Button, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import type { Problem } from '../../api/problem'
import { useText } from '../../common/language'
import { findOut } from '../../common/session'

/** Password, then the picture for an authenticator, then its first code, then the recovery codes. */
export function SetUpFactor({ onDone }: { onDone?: () => void }) {
  const t = useText()
  const [setup, setSetup] = useState<Schemas['FactorSetup'] | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const tried = (work: () => Promise<void>) => void work().then(() => setProblem(null), setProblem)
  const begin = (given: { password: string }) =>
    tried(async () => setSetup(await ok(api.POST('/api/me/second-factor', { body: given }))))
  const confirm = (given: { code: string }) =>
    tried(async () => setCodes((await ok(api.POST('/api/me/second-factor/confirm', { body: given }))).codes))
  const needed = [{ required: true, message: t('common.required') }]
  if (codes) {
    return (
      <>
        <Alert type="warning" showIcon title={t('common.factor_codes')} description={t('common.factor_codes_detail')} />
        <Typography.Paragraph copyable={{ text: codes.join('\n') }}><pre>{codes.join('\n')}</pre></Typography.Paragraph>
        <Button type="primary" block onClick={() => tried(async () => { await findOut(); onDone?.() })}>{t('common.done')}</Button>
      </>
    )
  }
  return (
    <>
      {problem && <Alert type="error" showIcon title={problem.title} className="form-alert" />}
      {setup ? (
        <Form layout="vertical" requiredMark={false} onFinish={confirm}>
          <p>{t('common.factor_scan')}</p>
          <img className="qr" src={setup.qr} alt="" />
          <p className="quiet">{t('common.factor_secret', { secret: setup.secret })}</p>
          <Form.Item name="code" label={t('common.code')} rules={needed}><Input autoComplete="one-time-code" autoFocus maxLength={32} /></Form.Item>
          <Button type="primary" htmlType="submit" block>{t('common.factor_confirm')}</Button>
        </Form>
      ) : (
        <Form layout="vertical" requiredMark={false} onFinish={begin}>
          <Form.Item name="password" label={t('common.password')} rules={needed}><Input.Password autoComplete="current-password" autoFocus maxLength={256} /></Form.Item>
          <Button type="primary" htmlType="submit" block>{t('common.ok')}</Button>
        </Form>
      )}
    </>
  )
}
