import { useEffect, useState } from 'react'
import { useText } from '../../common/language'
import { Icon } from '../Icon'
import { useTable } from '../live'
import type { Photo } from '../outbox/model'
import { db } from '../store/db'
import { addPicture, dropPicture, isFull } from '../store/outbox'
import { type Told, exifOf } from './exif'
import { shrunk } from './shrink'

type Props = {
  /** The draft that they hang on. */
  draft: string
  field: string
  title: string
  most?: number
  needed?: boolean
  onTold?: (told: Told) => void
  /** One more is being made smaller and kept, or one less: what is sent before that goes without it. */
  onKeeping: (more: 1 | -1) => void
}

/** Photos of one field: camera, gallery, small pictures with a way to drop them. They are kept as soon as they are taken. */
export function Photos({ draft, field, title, most = 10, needed = false, onTold, onKeeping }: Props) {
  const t = useText()
  const [[busy, failed], setBusy] = useState([0, ''])
  const photos = usePhotos(draft, field)
  const take = async (files: FileList | null) => {
    for (const file of [...(files ?? [])]) {
      setBusy(([n]) => [n + 1, ''])
      onKeeping(1)
      try {
        const told = exifOf(await file.slice(0, 256 * 1024).arrayBuffer())
        await addPicture(draft, field, await shrunk(file), 'image/jpeg')
        onTold?.(told)
        setBusy(([n, said]) => [n - 1, said])
      } catch (error) {
        setBusy(([n]) => [n - 1, t(isFull(error) ? 'field.phone_full' : 'field.photo_unreadable')])
      } finally {
        onKeeping(-1)
      }
    }
  }
  const room = photos.length < most
  return (
    <fieldset className="photos">
      <legend>{title}{needed && <em aria-label={t('common.required')}>*</em>}</legend>
      <div>
        {photos.map((photo, at) => (
          <figure key={photo.id}>
            <Picture id={photo.id} alt={`${title} ${at + 1}`} />
            <button type="button" onClick={() => void dropPicture(photo.id)} aria-label={t('field.drop_photo', { n: at + 1 })}><Icon name="close" size={18} /></button>
          </figure>
        ))}
        {busy > 0 && <span className="shot busy" role="status">{t('field.keeping')}</span>}
        {room && <Shoot label={t('field.shoot')} icon="camera" onFiles={take} camera />}
        {room && <Shoot label={t('field.gallery')} icon="gallery" onFiles={take} />}
      </div>
      {failed && <p role="alert" className="alert">{failed}</p>}
    </fieldset>
  )
}

type ShootProps = { label: string; icon: 'camera' | 'gallery'; camera?: boolean; onFiles: (files: FileList | null) => Promise<void> }

function Shoot({ label, icon, camera = false, onFiles }: ShootProps) {
  return (
    <label className="shot">
      <Icon name={icon} size={28} />
      <span>{label}</span>
      <input
        type="file" accept="image/*" className="unseen" {...(camera ? { capture: 'environment' as const } : { multiple: true })}
        onChange={(event) => { const input = event.currentTarget; void onFiles(input.files).finally(() => { input.value = '' }) }}
      />
    </label>
  )
}

export function usePhotos(draft: string, field?: string): Photo[] {
  const found = useTable(() => db.photos.where({ act: draft }).sortBy('order'), [draft]) ?? []
  return field === undefined ? found : found.filter((photo) => photo.field === field)
}

/** A picture that lies on this phone. */
export function Picture({ id, alt }: { id: string; alt: string }) {
  const url = useUrl(useTable(() => db.pictures.get(id), [id]))
  return url ? <img src={url} alt={alt} /> : <span className="gone" />
}

/** A small picture of a task, carried along. */
export function Thumb({ id, alt }: { id: string; alt: string }) {
  const t = useText()
  const url = useUrl(useTable(() => db.thumbs.get(id), [id]))
  return url ? <img src={url} alt={alt} /> : <span className="gone">{t('field.not_carried')}</span>
}

function useUrl(kept: { bytes: ArrayBuffer; type: string } | undefined): string {
  const [url, setUrl] = useState('')
  useEffect(() => {
    if (!kept) return undefined
    const made = URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [kept])
  return url
}
