/** The longer side in pixels, and JPEG's quality: a street sign stays readable, a photo has some 400 kB. */
const [LONGEST, QUALITY] = [1920, 0.82]

class Unreadable extends Error {}

/** A photo upright, at most 1920 pixels long, as a JPEG without anything beside the picture. Raises `Unreadable`. */
export async function shrunk(file: Blob): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => { throw new Unreadable() })
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  canvas.width = canvas.height = 0 // old phones keep it otherwise
  if (!blob) throw new Unreadable()
  return blob.arrayBuffer()
}
