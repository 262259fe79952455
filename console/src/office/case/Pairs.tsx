import { Alert, Empty, Skeleton } from 'antd'
import { Link } from 'react-router'
import { useText } from '../../common/language'
import { moment } from '../../common/time'
import { pathOf } from '../subject'
import { Photos } from './Told'
import { useMedia } from './subject'

/** Photos before, after and at the check side by side, a row for each leg; photos that were used before are told. */
export function Pairs({ id }: { id: string }) {
  const [t, media] = [useText(), useMedia(id)]
  if (media.isLoadingError) return <Alert type="error" title={media.error.message} />
  if (media.isLoading) return <Skeleton active paragraph={{ rows: 2 }} />
  const pairs = media.data?.pairs ?? []
  if (!pairs.length) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('case.no_photos')} />
  const photos = media.data!.photos
  const warned = photos.filter((one) => one.alike.length)
  return (
    <>
      {pairs.map((pair) => (
        <div key={pair.leg} className="pair">
          {(['before', 'after', 'check'] as const).map((phase) => (
            <figure key={phase}>
              <figcaption>{t(`case.photo_${phase}`)}{pairs.length > 1 && ` · ${t('case.leg_n', { n: pair.leg })}`}</figcaption>
              {pair[phase].length ? <Photos ids={[...new Set(pair[phase])]} size={135} /> : <div className="none quiet">{t('case.none')}</div>}
              {pair[phase].slice(0, 1).map((photo) => { const found = photos.find((one) => one.id === photo); return found && <small key={photo} className="quiet">{moment(found.taken_at ?? found.at)}{found.distance_m !== null && ` · ${t('case.from_place', { m: found.distance_m })}`}</small> })}
            </figure>
          ))}
        </div>
      ))}
      {warned.length > 0 && (
        <Alert type="warning" showIcon title={t('case.alike')} description={warned.slice(0, 3).map((one, at) => (
          <div key={`${one.id}${at}`}>{t('case.alike_n', { n: one.alike.length })} {one.alike.slice(0, 3).map((other) => other.case && <Link key={`${other.id}${other.case}`} to={pathOf('case', other.case)}>{moment(other.at)} </Link>)}</div>
        ))} />
      )}
    </>
  )
}
