// The areas of Dalian as we draw them: a sketch for telling them apart, no survey. Corners are longitude and latitude,
// rounded and simplified by hand; the three districts of the old town are far too small and are drawn beside.

type Corner = [number, number]
const x = (longitude: number) => Math.round((longitude - 120.95) * 382)
const y = (latitude: number) => Math.round((40.22 - latitude) * 490)
const shape = (...corners: Corner[]) => corners.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')

export interface Area {
  code: string
  zh: string
  en: string
  /** Points of a polygon. */
  points: string[]
  /** Middle of the name. */
  at: [number, number]
}
const at = (longitude: number, latitude: number): [number, number] => [x(longitude), y(latitude)]
const box = (left: number, top: number, width: number, height: number) => `${left},${top} ${left + width},${top} ${left + width},${top + height} ${left},${top + height}`

export const view = { width: 980, height: 760 }

export const areas: Area[] = [
  { code: '210281', zh: '瓦房店市', en: 'Wafangdian', points: [shape([121.55, 39.32], [121.72, 39.38], [121.82, 39.5], [122.0, 39.64], [122.15, 39.84], [122.28, 40.1], [122.02, 40.14], [121.86, 40.06], [121.74, 39.88], [121.5, 39.72], [121.46, 39.6], [121.3, 39.47], [121.26, 39.38], [121.42, 39.36])], at: at(121.78, 39.72) },
  { code: '210283', zh: '庄河市', en: 'Zhuanghe', points: [shape([122.42, 39.46], [122.6, 39.5], [122.95, 39.62], [123.28, 39.72], [123.46, 39.82], [123.3, 40.02], [123.0, 40.16], [122.74, 40.12], [122.56, 40.0], [122.42, 39.8], [122.46, 39.58])], at: at(122.92, 39.86) },
  { code: '210214', zh: '普兰店区', en: 'Pulandian', points: [shape([121.72, 39.38], [121.86, 39.36], [122.0, 39.26], [122.16, 39.26], [122.36, 39.4], [122.42, 39.46], [122.46, 39.58], [122.42, 39.8], [122.56, 40.0], [122.28, 40.1], [122.15, 39.84], [122.0, 39.64], [121.82, 39.5])], at: at(122.2, 39.56) },
  { code: '210213', zh: '金州区', en: 'Jinzhou', points: [shape([121.56, 39.12], [121.72, 39.08], [121.8, 38.99], [121.98, 39.03], [122.12, 39.12], [122.0, 39.26], [121.86, 39.36], [121.72, 39.38], [121.55, 39.32], [121.62, 39.22])], at: at(121.82, 39.21) },
  { code: '210211', zh: '甘井子区', en: 'Ganjingzi', points: [shape([121.36, 39.0], [121.4, 38.9], [121.37, 38.8], [121.5, 38.83], [121.6, 38.86], [121.7, 38.92], [121.8, 38.99], [121.72, 39.08], [121.56, 39.12], [121.46, 39.06])], at: at(121.56, 38.98) },
  { code: '210212', zh: '旅顺口区', en: 'Lüshunkou', points: [shape([121.1, 38.86], [121.12, 38.78], [121.22, 38.71], [121.37, 38.8], [121.4, 38.9], [121.36, 39.0], [121.24, 38.96])], at: at(121.24, 38.86) },
  { code: '210224', zh: '长海县', en: 'Changhai', points: [shape([122.28, 39.24], [122.36, 39.27], [122.42, 39.23], [122.34, 39.19]), shape([122.5, 39.27], [122.62, 39.3], [122.66, 39.24], [122.54, 39.22]), shape([122.66, 39.1], [122.78, 39.13], [122.8, 39.06], [122.7, 39.04]), shape([123.02, 39.24], [123.12, 39.27], [123.14, 39.21])], at: at(122.92, 39.19) },
  { code: '210204', zh: '沙河口区', en: 'Shahekou', points: [box(372, 664, 112, 82)], at: [428, 708] },
  { code: '210203', zh: '西岗区', en: 'Xigang', points: [box(484, 664, 112, 82)], at: [540, 708] },
  { code: '210202', zh: '中山区', en: 'Zhongshan', points: [box(596, 664, 112, 82)], at: [652, 708] },
]
/** From the old town to where it is drawn large. */
export const leader = `${x(121.64)},${y(38.88)} ${540},664`

export interface Zone {
  code: string
  zh: string
  en: string
  at: [number, number]
  /** Which side the name is on. */
  end?: boolean
}
/** Zones without a code of the state: signs, since their bounds are the city's to confirm. */
export const zones: Zone[] = [
  { code: '210200-jinpu', zh: '金普新区', en: 'Jinpu', at: at(122.02, 39.13) },
  { code: '210200-bonded', zh: '保税区', en: 'Bonded', at: at(121.93, 39.06) },
  { code: '210200-gaoxin', zh: '高新区', en: 'High-tech', at: at(121.45, 38.81) },
  { code: '210200-changxingdao', zh: '长兴岛', en: 'Changxing', at: at(121.36, 39.56), end: true },
  { code: '210200-huayuankou', zh: '花园口', en: 'Huayuankou', at: at(122.62, 39.54) },
  { code: '210200-taipingwan', zh: '太平湾', en: 'Taipingwan', at: at(121.82, 40.03), end: true },
]

/** A street, a town or a community counts for the area it lies in; a zone for itself. */
export const areaOf = (region: string): string => (/^\d{9}(\d{3})?$/.test(region) ? region.slice(0, 6) : region)
export const nameOf = (code: string, language: 'zh' | 'en'): string => {
  const found = areas.find((area) => area.code === code) ?? zones.find((zone) => zone.code === code)
  return found ? found[language] : code
}
