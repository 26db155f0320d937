// Makes a photo of a phone lighter before it travels: what hangs at the bedside has no fast line.
//
//   const file = await lighterPhoto(file)    the same file where there is nothing to gain, or it cannot be read here
//
// Its place, its camera and its hour are not in it any more. What is no JPEG, and everything on a desk, stays as it is.

const HEAVY = 600_000
const LONGEST_SIDE = 2_560
const QUALITY = 0.85

export async function lighterPhoto(file) {
  if (file.type !== "image/jpeg" || file.size < HEAVY || !matchMedia("(pointer: coarse)").matches) return file

  try {
    const lighter = await drawnAnew(file)
    return lighter && lighter.size < file.size ? new File([lighter], file.name, { type: file.type }) : file
  } catch {
    return file
  }
}

async function drawnAnew(file) {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((done) => canvas.toBlob(done, file.type, QUALITY))
}
