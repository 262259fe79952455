import { useQueries, useMutation } from '@tanstack/react-query'
import { Button, Descriptions, Form, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, ok } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { pathOf } from '../subject'
import type { Subject } from './subject'

type Personal = { title?: string; text?: string; name?: string; phone?: string; address?: string } & Record<string, unknown>
const SHOWN = 20

/** The messages behind a case, what is personal masked; who may see more gives a reason, which is written down. */
export function Reports({ subject }: { subject: Subject }) {
  const [t, me] = [useText(), useMe()]
  const ids = (subject.kind === 'case' ? ((subject.data['reports'] as string[] | null) ?? []) : [subject.id]).slice(0, SHOWN)
  const found = useQueries({ queries: ids.map((id) => ({
    queryKey: ['report', id], queryFn: () => ok(api.GET('/api/reports/{id}', { params: { path: { id } } })), enabled: may(me, 'report.read'), initialData: subject.kind === 'report' ? subject : undefined,
  })) })
  return (
    <ul className="reports">
      {ids.map((id, at) => {
        const report = found[at]?.data
        const told = (subject.texts?.[`report/${id}`] ?? report?.texts?.[`report/${id}`]) as Personal | null | undefined
        return (
          <li key={id}>
            <p className="from">
              {report && <Tag>{textOr(`common.source_${String(report.data['source'])}`, String(report.data['source']))}</Tag>}
              {report && subject.kind === 'case' && <Link to={pathOf('report', id)}>{String(report.data['external_id'])}</Link>}
              {report && <span>{titled(report.title)}</span>}
              {report && <time className="quiet">{moment((report.data['reported_at'] as number) * 1000)}</time>}
            </p>
            {told?.title && <b>{told.title}</b>}
            <blockquote>{told === null ? t('case.erased') : told?.text || t('case.no_text')}</blockquote>
            <p className="quiet reporter">
              {report?.data['anonymous'] ? t('case.anonymous') : [told?.name, told?.phone].filter(Boolean).join(' ') || t('case.no_contact')}
              {(report?.repeated_by_reporter ?? 0) > 1 && <span> · {t('case.reporter_again', { n: report!.repeated_by_reporter! })}</span>}
              {told && may(me, 'personal.unmask') && <Unmask id={id} />}
            </p>
            {typeof report?.data['answer'] === 'string' && <p><span className="quiet">{t('case.answered')}</span> {report.data['answer']}</p>}
          </li>
        )
      })}
    </ul>
  )
}

/** The words and the contact as they are: after a reason, in a dialog, and nowhere kept. */
function Unmask({ id }: { id: string }) {
  const [t, tell] = [useText(), useProblems()]
  const [open, setOpen] = useState(false)
  const look = useMutation({ mutationFn: (why: string) => ok(api.POST('/api/reports/{id}/unmask', { params: { path: { id } }, body: { why } })) as Promise<Personal>, onError: (error) => tell(error), gcTime: 0 })
  const close = () => { setOpen(false); look.reset() }
  return (
    <>
      <Button type="link" size="small" className="no-print" onClick={() => setOpen(true)}>{t('case.unmask')}</Button>
      <Modal open={open} onCancel={close} footer={null} title={t('case.unmask')} width={480} destroyOnHidden>
        {look.data ? (
          <Descriptions size="small" column={1} bordered items={Object.entries(look.data).filter(([, value]) => typeof value === 'string').map(([name, value]) => ({ key: name, label: textOr(`case.personal_${name}`, name), children: String(value) }))} />
        ) : (
          <Form layout="vertical" requiredMark={false} onFinish={({ why }: { why: string }) => look.mutate(why)}>
            <p>{t('case.unmask_detail')}</p>
            <Form.Item name="why" label={t('common.reason')} rules={[{ required: true, min: 2, message: t('common.required') }]}><Input.TextArea rows={2} className="grows" maxLength={500} autoFocus /></Form.Item>
            <Button type="primary" htmlType="submit" loading={look.isPending}>{t('case.unmask')}</Button>
          </Form>
        )}
      </Modal>
    </>
  )
}
