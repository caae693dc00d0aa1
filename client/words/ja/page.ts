import type { TroubledStatus, Words } from '../en/page.ts'
import { countriesIn, languagesIn, listsIn, numbersIn, topicIn } from '../formats.ts'

const { whole, percent, tenths } = numbersIn('ja')

const admission: Words['admission'] = {
  heading: 'この画面はまだ承認されていません',
  withdrawn: 'この画面の承認は取り消されました',
  how: address => `管理者が ${address} を開き、このコードを入力してください。`,
  spoken: code => `コード ${[...code].join(' ')}`,
  asking: 'コードを取得しています。',
  renewed: 'コードは10分ごとに更新されます。',
  unreachable: 'サーバーが応答しません。再試行しています。',
}

const banners: Words['banners'] = {
  label: 'お知らせ',
  simulated: 'シミュレーション：',
  invented: '架空のプロバイダーによるニュースと障害情報であり、実際のクラウドの状態ではありません',
  noneReachable: sources =>
    `${sources}件の情報源のいずれにも接続できません。このマシンのインターネット接続を確認してください。`,
  tryDemo: 'シミュレーションで試すには次を実行してください：',
  notThePresent: state => `現在の状態ではありません（${state}）。斜線の部分は最後に確認された状態です。`,
  lastKnown: state =>
    `サーバーにまだ接続できません。表示は最後に確認された状態です（${state}）。斜線の部分は変わっている可能性があります。`,
  more: n => `ほか${n}件。`,
  outdated: 'このページの新しいバージョンがあります。',
  load: '読み込む',
}

const connection: Words['connection'] = {
  spoken: state => `接続：${state}`,
  live: 'ライブ',
  liveSign: ago => `ライブ · ${ago}前`,
  connecting: '接続中',
  reconnecting: since => `${since}から再接続中`,
  lastKnown: (time, ago) => `${time}時点（${ago}）`,
  noReadings: '最初のデータを待機中',
  stale: since => `${since}から更新なし`,
}

const day: Words['day'] = {
  noPoll: '直近24時間の取得はありません。',
  allFailed: '直近24時間の取得はすべて失敗しました。',
  allOk: '直近24時間の取得はすべて成功しました。',
  allOkBut: exceptions => `直近24時間の取得は、${exceptions}を除きすべて成功しました。`,
  someFailedIn: span => `${span}（一部失敗）`,
  allFailedIn: span => `${span}（すべて失敗）`,
  gaps: gaps => `取得なし：${gaps}。`,
  before: hour => `${hour}以前`,
  since: hour => `${hour}以降`,
}

const days: Words['days'] = {
  heading: '過去90日間',
  key: '1本が1日（UTC）。高いほど深刻、短い線は不明。',
  ago: n => `${n}日前`,
  today: '今日',
  day: ({ date, state, length }) => `${date}：${state}${length === null ? '' : `、${length}`}`,
  count: (n, state) => `${state}${n}日`,
  summary: (n, counts) => `${n}日間の内訳：${counts}。`,
  named: (date, state) => `${date}（${state}）`,
  bad: days => `問題があった日：${days}。`,
  watchedSince: clock => `${clock}から監視しています。それ以前は不明です。`,
  neverWatched: 'まだ監視されていません。',
}

const entrance: Words['entrance'] = {
  waiting: '最初のデータを待っています。',
  unreachable: (since, why) => `${since}以降、このサーバーからデータを取得できていません（${why}）。`,
  answeredWith: status => `応答コード ${status}`,
  nextTry: seconds => `${seconds}秒後に再試行します。`,
  trying: '再試行しています。',
  noReload: 'ページの再読み込みは不要です。',
  locked: 'この環境を閲覧するには閲覧トークンが必要です。',
  token: '閲覧トークン',
  open: '開く',
  refused: 'このトークンは受け付けられませんでした。この環境の管理者にお問い合わせください。',
  kept: 'このタブを閉じるまで保持されます。',
}

const figures: Words['figures'] = {
  label: '主な数値',
  whole,
  percent,
  unknown: '–',
  regionsOpen: '開設済み',
  announced: '発表済み',
  zones: 'ゾーン',
  countries: '国・地域',
  providers: 'プロバイダー',
  pops: 'エッジ拠点',
  incidentsNow: '発生中の障害',
  regionsAffected: '影響あり',
  regionsLive: '最新の割合',
  articles: '記事',
}

const frame: Words['frame'] = {
  skip: '本文へ移動',
  pages: 'ページ',
  menu: 'メニュー',
  titles: {
    dashboard: 'ダッシュボード',
    incidents: '障害情報',
    incident: '障害',
    news: 'ニュース',
    near: '最寄りのリージョン',
    regions: 'リージョン',
    sources: '情報源',
    walls: '壁面ディスプレイ',
    wall: 'ウォール',
    missing: 'ページが見つかりません',
  },
  theme: { legend: '配色', auto: '自動', light: 'ライト', dark: 'ダーク', contrast: 'ハイコントラスト' },
  zone: { legend: 'タイムゾーン', local: '現地', utc: 'UTC', places: 'マイリージョンの場所' },
  search: {
    label: '検索',
    placeholder: 'リージョン、障害など',
    none: '該当するものはありません。',
    count: n => `${n}件`,
  },
  keys: { heading: 'キーボードショートカット', enabled: '単独キーを使う' },
  language: '言語',
  close: '閉じる',
  anotherSite: about => (about === null ? '（外部サイト）' : `（${about}、外部サイト）`),
  missing: 'このページは存在しません。',
  failed: 'このページを読み込めませんでした。再読み込みしてください。',
  toDashboard: 'ダッシュボードへ',
}

const globe: Words['globe'] = {
  globe:
    '世界のリージョン。矢印キーで回転、プラスとマイナスで拡大と縮小、ホームキーで元に戻ります。続く表にすべてのリージョンがあります。',
  globeOption: '地球儀',
  mapOption: '地図',
  projection: '地球の表示形式',
  closer: '拡大',
  further: '縮小',
  reset: '全体を表示',
  turn: '回転させる',
  rest: '回転を止める',
  table: '表で表示',
  columns: { place: 'リージョン', status: '状態', since: '開始' },
  mine: 'マイリージョン',
  announced: '発表済み（未開設）',
  failed: '地球儀を読み込めませんでした。ページを再読み込みしてください。',
  tabs: { legend: '表示', lists: '一覧', globe: '地球儀' },
}

/** The state as it follows a place and で. */
const predicates: Readonly<Record<TroubledStatus, string>> = {
  under_maintenance: 'メンテナンスを実施中',
  degraded_performance: 'パフォーマンスが低下中',
  partial_outage: '一部障害が発生中',
  major_outage: '大規模障害が発生中',
}

const headline: Words['headline'] = {
  /** 'Azure West Europeで大規模障害が発生中、2リージョンでパフォーマンスが低下中です。' */
  troubles({ groups, place, own }) {
    const firstCount = place === null ? 0 : 1
    const clauses = groups.map(({ status, count }, index) => {
      if (index === 0 && place !== null) return `${place}で${predicates[status]}`
      const scope = own !== null && index === firstCount ? `マイリージョン${whole(own)}件のうち` : ''
      return `${scope}${whole(count)}${own === null ? 'リージョン' : '件'}で${predicates[status]}`
    })
    return `${lists.plain(clauses)}です。`
  },
  ownQuiet: () => 'マイリージョンに異常はありません。',
  providersReport: (providers, incidents) =>
    `${lists.sentence(providers)}が障害を${whole(incidents)}件報告しています（リージョンの記載なし）。`,
  quiet: '異常はありません。',
  quietWhereKnown: unknown => `確認できる範囲で異常はありません。${whole(unknown)}リージョンの状態は不明です。`,
  lastChange: ({ ago, where, stage }) => `最終更新は${ago}、${where}：${stage}。`,
  nothingKnown: 'まだ情報がありません。どの情報源からも応答がありません。',
  stale: (since, last) => `${since}から更新されていません。最後に確認された状態：${last}`,
}

const incidentList: Words['incidentList'] = {
  count: ({ now, ahead, over, more, zone }) =>
    `発生中${now}件、予定${ahead}件、終了${more ? '（読み込み済み）' : ''}${over}件。時刻のタイムゾーンは${zone}です。`,
  filters: '障害情報の絞り込み',
  findHint: '件名、サービス、場所',
  region: 'リージョン',
  kind: '種類',
  kinds: { incident: '障害', maintenance: 'メンテナンス' },
  severity: '深刻度',
  orWorse: state => `${state}以上`,
  onlyMine: '自分のリージョンのみ',
  all: 'すべて表示',
  noneFits: '条件に合うものはありません。',
  now: '発生中',
  noneAhead: '今後4週間の予定はありません。',
  later: 'それ以降',
  today: '今日',
  takes: length => `（${length}）`,
  goesOn: '継続',
  past: '終了',
  kept: days => `最後の更新から${days}日間保存されます。`,
  loading: '読み込み中です。',
  failed: '過去の情報を取得できませんでした。もう一度お試しください。',
  earlier: '以前のものを表示',
  noEarlier: 'これより前のものは保存されていません。',
  channel: 'チャンネル',
  feed: 'フィード',
}

const incidentPage: Words['incidentPage'] = {
  endedAfter: (stage, length) => `${stage}（継続${length}）`,
  begins: clock => `${clock}に開始`,
  zone: zone => `時刻のタイムゾーンは${zone}です。`,
  about: '概要',
  provider: 'プロバイダー',
  impact: '影響',
  impacts: { none: 'なし', minor: '軽微', major: '重大', critical: '深刻', maintenance: 'メンテナンス' },
  scope: '範囲',
  scopes: { regional: '記載されたリージョン', global: '全世界', unspecified: 'リージョンの記載なし' },
  services: 'サービス',
  window: '実施時間',
  length: '所要時間',
  regions: 'リージョン',
  regionNow: (place, state) => `${place}、現在：${state}`,
  updates: '更新',
  order: '更新の並び順',
  newestFirst: '新しい順',
  oldestFirst: '古い順',
  noUpdates: '件名のほかにプロバイダーからの説明はありません。',
  changed: {
    status: (from, to) => `状況が「${from}」から「${to}」に変わりました。`,
    impact: (from, to) => `影響が「${from}」から「${to}」に変わりました。`,
    regionsAdded: regions => `影響を受けるリージョンに追加：${regions}。`,
    regionsRemoved: regions => `影響を受けなくなったリージョン：${regions}。`,
    servicesAdded: services => `影響を受けるサービスに追加：${services}。`,
    servicesRemoved: services => `影響を受けなくなったサービス：${services}。`,
  },
  subscribe: '購読',
  others: 'ほかの障害',
  earlier: '前の障害',
  later: '次の障害',
  ofProvider: provider => `${provider}のすべて`,
  loading: '障害情報を読み込み中です。',
  failed: 'この障害情報を取得できませんでした。再読み込みしてください。',
  gone: 'この障害は登録されていないか、すでに削除されています。',
  toList: '障害情報の一覧へ',
  spokenUpdate: (stage, text) => `新しい更新：${stage}。${text}`,
}

const incidents: Words['incidents'] = {
  heading: '障害情報',
  none: '発生中の障害はありません。',
  noneKnown: '確認できている障害はありません。',
  scheduled: '予定されているメンテナンス',
  ended: '最近終了したもの',
  worldwide: provider => `${provider}（全世界）`,
  inRegions: (provider, regions) => `${provider} ${lists.sentence(regions)}`,
  where: where => `${where}：`,
  stateAndStage: (state, stage) => `${state}、${stage}`,
  endedAfter: ({ stage, length, ago }) => `${stage}（継続${length}）、${ago}`,
  update: stage => `${stage}。`,
  updates: n => `更新${n}件`,
  less: '折りたたむ',
  of: title => `（${title}）`,
  all: n => `すべての障害情報（${n}件）`,
  statusPage: 'ステータスページ',
}

export const lists: Words['lists'] = {
  sentence: listsIn('ja', n => `ほか${n}件`),
  plain: items => items.join('、'),
  // no space stands between two Japanese sentences
  sentences: sentences => sentences.join(''),
}

const near: Words['near'] = {
  city: '都市',
  cityHint: '大阪、アムステルダム',
  show: '表示',
  here: '現在地を使う',
  privacy: '入力内容と現在地がこのページの外に送られることはありません。',
  noCity: text => `「${text}」という都市は登録されていません。近くの大きな都市を入力してください。`,
  noPlace: '場所が指定されていないため、名前順に表示しています。',
  from: place => `${place}からの直線距離です。`,
  asking: 'ブラウザーに問い合わせています。',
  yourPlace: '現在地',
  denied: '現在地を取得できません。代わりに都市を入力してください。',
  filters: '絞り込み',
  any: '指定なし',
  provider: 'プロバイダー',
  continent: '大陸',
  country: '国・地域',
  residency: 'データの保存先',
  zones: 'ゾーン数（以上）',
  carbonFree: 'カーボンフリー（以上）',
  operational: '正常なもののみ',
  found: n => `${whole(n)}リージョン`,
  noneFits: '該当するリージョンはありません。条件を減らしてください。',
  all: n => `${whole(n)}件すべて表示`,
  measured: '最初の1バイト',
  measuredFrom: places =>
    `最初の1バイト：お使いの端末からではなく、ワーカーの稼働場所（${places}）から測定した値です。`,
  roundTrips: {
    column: '往復時間',
    measure: n => `${whole(n)}件のエンドポイントへの往復時間を測る`,
    warning: 'ブラウザーがプロバイダーの公開エンドポイントに直接問い合わせるため、相手にアドレスが伝わります。',
    order: '並べ方',
    byDistance: '距離順',
    byTrip: '往復時間順',
    busy: (done, all) => `${whole(all)}件中${whole(done)}件を測定しました。`,
    done: (answered, all) => `${whole(all)}件中${whole(answered)}件が応答しました（このブラウザーから測定）。`,
    noAnswer: '応答なし',
  },
  compare: '比較',
  comparePlace: place => `${place}を比較`,
  comparison: '比較表',
  chooseMore: '最大4リージョンを選ぶと並べて表示します。',
  remove: '外す',
  unsaid: '–',
}

const newsPage: Words['newsPage'] = {
  heading: '世界のクラウドの動き',
  summary({ articles, stories, shown, zone }) {
    const some = shown === null ? '' : `、${whole(shown)}件を表示`
    return `記事${whole(articles)}件、話題${whole(stories)}件${some}。時刻のタイムゾーンは${zone}です。`
  },
  asOf: clock => `${clock}時点の内容です。`,
  find: '検索',
  findHint: '見出し、要約、配信元、トピック',
  topics: 'トピック',
  allTopics: 'すべて',
  any: 'すべて',
  by: { topic: 'トピック', provider: 'プロバイダー', region: 'リージョン', country: '国', language: '言語' },
  option: (name, n) => `${name}（${whole(n)}）`,
  clear: '絞り込みをすべて解除',
  alsoIn: publishers => `${lists.sentence(publishers)}にも掲載`,
  newStories: n => `新着${whole(n)}件`,
  showNew: () => '表示',
  lastVisit: '前回の閲覧以降',
  unread: n => `前回の閲覧以降${whole(n)}件`,
  none: '記事はまだありません。',
  noneFits: '条件に合う記事がありません。絞り込みを解除してください。',
  loading: '以前の記事を読み込んでいます。',
  failed: '以前の記事を読み込めませんでした。',
  again: '再試行',
  end: 'これより古い記事は提供されていません。',
  searched: n => `読み込み済みの記事${whole(n)}件から検索しました。以前の記事はサーバーで検索します。`,
  customers: '導入事例',
  speaker: ({ name, role, company }) => [company, role, name].filter(part => part !== null).join('、'),
  feeds: 'フィード',
  feed: (channel, format) => `${channel}の${format}フィード`,
  keys: ({ next, previous, open, find }) => `${next}と${previous}で記事を移動、${open}で開く、${find}で検索。`,
  does: { next: '次の記事', previous: '前の記事', find: 'ニュースを検索' },
  topic: topicIn({
    ai: '人工知能',
    cloud: 'クラウド',
    compliance: 'コンプライアンス',
    'customer-stories': '導入事例',
    datacenters: 'データセンター',
    networking: 'ネットワーク',
    pricing: '料金',
    releases: 'リリース',
    reliability: '信頼性',
    security: 'セキュリティ',
    sustainability: 'サステナビリティ',
  }),
  language: languagesIn('ja'),
}

const news: Words['news'] = {
  heading: 'ニュース',
  none: '記事はまだありません。',
  publishers: (first, more) => (more === 0 ? first : `${first}、ほか${more}件`),
  all: n => `全${whole(n)}件の記事`,
}

const notifications: Words['notifications'] = {
  heading: '通知',
  state: on => (on ? '通知：オン' : '通知：オフ'),
  what: regions =>
    `マイリージョン（${regions}件）で障害が発生または悪化したとき、および終了したときに通知します。計画メンテナンスは通知しません。`,
  chooseFirst: '通知の対象はマイリージョンですが、まだ選択されていません。',
  show: '他の画面を見ている間、この端末に通知を表示する',
  sound: '静かな音を鳴らす',
  soundRule: '再読み込み後は、ページを一度クリックするまでブラウザーが音を許可しません。',
  asks: 'ブラウザーが許可を求めます。',
  denied: 'ブラウザーがこのページの通知を許可していません。ブラウザーのサイト設定で許可してください。',
  unsupported: 'このブラウザーでは、暗号化された接続でのみ通知を表示できます。',
  here: '設定はこの端末に保存され、ページを開いている間だけ有効です。',
  title: {
    opened: where => `${where}：新しい障害`,
    worsened: where => `${where}：障害が悪化`,
    resolved: where => `${where}：障害が終了`,
  },
}

const places: Words['places'] = {
  loading: '読み込み中です。',
  failed: 'サーバーに問い合わせできませんでした。再読み込みしてください。',
  openPage: 'ページを開く',
  active: '現在',
  noneActive: '障害はありません。',
  past: '過去の障害',
  nonePast: '保存されているものはありません。',
  about: '基本情報',
  timesIn: city => `時刻を${city}のタイムゾーンで表示`,
  coordinates: '座標',
  services: '影響を受けているサービス',
  nearby: '近くのリージョン',
  region: 'リージョン',
  state: '状態',
  distance: '距離',
  km: km => `${whole(km)} km`,
}

const probes: Words['probes'] = {
  heading: '外形監視',
  about: 'プロバイダーの発表とは別に、ワーカーの稼働場所から測定した結果です。',
  columns: {
    endpoint: 'エンドポイント',
    region: 'リージョン',
    state: '状態',
    from: '測定元',
    phases: '内訳',
    measured: '測定時刻',
  },
  reachableFrom: places => (places.length === 0 ? 'ここからの到達性' : `ここからの到達性（${places.join('、')}）`),
  row: (name, state) => `${name}：${state}`,
  reachable: since => `到達可能、${since}`,
  unreachable: (since, why) => `到達不能、${since}：${why ?? '理由は不明'}`,
  notMeasured: why => `測定できません：${why}`,
  notMeasuredYet: '未測定',
  lastKnown: (reachable, clock) => `最後に確認された状態：${reachable ? '到達可能' : '到達不能'}（${clock}）`,
  phases: { name: '名前解決', connect: '接続', tls: 'TLS', firstByte: '最初の1バイト' },
  phase: (name, ms) => `${name} ${ms} ms`,
  contradiction: ({ place, provider, from, since }) =>
    `${place}：${provider}は正常と発表していますが、${from}からは${since}以降到達できません。`,
}

const providerPage: Words['providerPage'] = {
  noProvider: id => `「${id}」というプロバイダーはここでは監視していません。`,
  state: (name, state) => `${name}：${state}。`,
  noRegions: 'リージョンがないため、日ごとの記録はありません。',
  troubles: '現在の障害箇所',
  noTroubles: '障害が報告されているリージョンや構成要素はありません。',
  unnamed: 'サービスの記載なし',
  parts: 'リージョンに属さない構成要素',
  ownFigures: 'プロバイダー自身の公表値',
  readAt: (host, date) => `${host}、${date}に確認`,
  counted: 'ここで数えた値',
  sources: '情報源',
  noSources: 'このプロバイダーを伝える情報源はありません。',
  lastRead: ago => `${ago}に取得`,
  home: 'ウェブサイト',
  statusPage: 'ステータスページ',
  asStatuspage: 'ステータスページ互換の形式',
}

const regionChoice: Words['regionChoice'] = {
  scope: { legend: '表示範囲', all: 'すべて', mine: 'マイ' },
  elsewhere: n =>
    n === null
      ? 'これらに関係するもののみ表示しています。'
      : n === 0
        ? 'これらに関係するもののみ表示しています。ほかに障害はありません。'
        : `これらに関係するもののみ表示しています。ほかに障害が${n}件あります。`,
  share: '共有',
  shareTitle: 'これらのリージョンへのリンク',
  copied: 'リンクをコピーしました。',
  notCopied: 'コピーできませんでした。ページのアドレスをコピーしてください。',
  fromLink: n => `リンクで共有された${n}リージョンを表示しています。`,
  keep: 'これを保存',
  closeLink: 'マイリージョンに戻る',
  unknown: (codes, more) => `ここでは不明なため除外しました：${lists.plain(codes)}${more > 0 ? `ほか${more}件` : ''}。`,
  over: (n, most) => `リンクの指定が${most}件を超えたため、最後の${n}件を除外しました。`,
}

const regionList: Words['regionList'] = {
  summary: ({ shown, all, zone }) =>
    `${shown === all ? `${whole(all)}リージョン` : `${whole(all)}リージョン中${whole(shown)}件`}。時刻は${zone}です。`,
  asList: '表とカード',
  view: '表示形式',
  views: { table: '表', cards: 'カード', matrix: 'マトリックス' },
  filters: 'リージョンの絞り込み',
  findHint: '名称、コード、都市、国',
  trouble: '問題があるもの',
  geography: '地域',
  groupBy: 'グループ',
  noGroup: 'なし',
  groups: { provider: 'プロバイダー', geography: '地域', metro: '都市圏' },
  onlyMine: 'マイリージョンのみ',
  incidents: n => `障害${whole(n)}件`,
  columns: {
    state: '状態',
    region: 'リージョン',
    code: 'コード',
    provider: 'プロバイダー',
    place: '場所',
    zones: 'ゾーン数',
    since: '開始',
    incidents: '障害',
    carbonFree: 'カーボンフリー',
  },
}

const continents: Readonly<Record<string, string>> = {
  Europe: 'ヨーロッパ',
  'North America': '北米',
  'South America': '南米',
  Asia: 'アジア',
  Oceania: 'オセアニア',
  Africa: 'アフリカ',
}

const regions: Words['regions'] = {
  heading: 'リージョン',
  providers: 'プロバイダー',
  geography: continent => continents[continent] ?? continent,
  noRegionNamed: state => `${state}（リージョンの記載なし）`,
  cell: (name, sentence) => `${name}、${sentence}`,
  mine: { heading: 'マイリージョン', none: 'リージョンを開いて「マイリージョンに追加」を選んでください。' },
  add: 'マイリージョンに追加',
  remove: 'マイリージョンから削除',
  announced: '発表済み（未開設）',
  announcedSentence: place => `${place}：発表済み（未開設）。`,
  lastKnown: (state, clock) => `最後に確認された状態：${state}（${clock}）`,
  unknownSentence: (place, lastKnown) => `${place}：不明。${lastKnown ?? 'まだどの情報源からも情報がありません'}。`,
  sentence: ({ place, state, since, services }) =>
    `${place}：${state}${since === null ? '' : `、${since}`}。${services.length === 0 ? '' : `${lists.plain(services)}。`}`,
  country: countriesIn('ja'),
  facts: {
    code: 'コード',
    name: '名称',
    city: '都市',
    country: '国・地域',
    zones: 'ゾーン数',
    localTime: '現地時刻',
    opened: '開設年',
    pair: 'ペアリージョン',
    residency: 'データの保存先',
    carbonFree: 'カーボンフリー',
  },
  share: percent => `${percent}%`,
}

const services: Words['services'] = { heading: 'その他のサービス' }

const sourcePage: Words['sourcePage'] = {
  summary({ answering, total, waiting, shown, zone }) {
    const notAsked = waiting === 0 ? '' : `、${waiting}件は未取得`
    const some = shown === null ? '' : `、${shown}件を表示`
    return `${total}件中${answering}件が応答${notAsked}${some}。時刻のタイムゾーンは${zone}です。`
  },
  key: '1本が1時間、右端が現在です。全体の棒はすべて成功、半分の棒は一部失敗、中空の棒はすべて失敗、点は取得なしを表します。',
  noSource: '情報源ファイルに情報源がありません。',
  noneFits: '条件に合う情報源がありません。絞り込みを解除してください。',
  find: '検索',
  findHint: '名前、ホスト、種類',
  state: '状態',
  provider: 'プロバイダー',
  any: 'すべて',
  sortBy: '並べ替え',
  states: { ok: '応答あり', failing: '失敗', waiting: '待機中', unread: '未取得', disabled: '無効' },
  sorts: { state: '問題のあるもの順', name: '名前順', change: '変更の新しい順', latency: '応答の遅い順' },
  columns: {
    source: '情報源',
    kind: '種類',
    state: '状態',
    day: '直近24時間',
    read: '最終取得',
    change: '最終変更',
    latency: '応答時間',
    every: '間隔',
    next: '次回',
  },
  neverRead: 'なし',
  noChange: 'なし',
  now: '今すぐ',
  pollNow: '今すぐ取得',
  pollSourceNow: name => `${name}を今すぐ取得`,
  token: '管理トークン',
  cancel: 'キャンセル',
  polled: name => `${name}を取得しています。`,
  unreachable: name => `サーバーに接続できず、${name}を取得できませんでした。もう一度お試しください。`,
  wrongToken: 'このトークンは受け付けられませんでした。サーバーの ADMIN_TOKEN を入力してください。',
  notWatched: name => `${name}は監視対象から外れたか、サーバーに管理トークンが設定されていません。`,
  tooManyTokens: 'このアドレスから誤ったトークンが多数送信されました。1分後にもう一度お試しください。',
  answeredWith: status => `サーバーの応答コードは ${status} でした。詳細はサーバーのログを確認してください。`,
}

const sourceWords: Words['sourceWords'] = {
  answers: '応答あり',
  notAsked: '未取得',
  waits: '待機中',
  disabled: '無効',
  failed: times => `${times}回連続で失敗`,
  silent: failed => `応答なし、${failed}`,
  noReason: '理由は不明',
  reason: why => `${why}。`,
  leftAlone: (host, until) => `${host}が${until}まで取得を控えるよう求めています。`,
  nextTry: at => `次回の試行は${at}。`,
  nextLook: at => `次回の確認は${at}。`,
  pushes: { websub: 'ハブから通知', webhook: 'ウェブフックで通知' },
  kinds: {
    'azure-rss': 'Azure ステータスフィード',
    'aws-events': 'AWS 発生中のイベント',
    'aws-rss': 'AWS ステータスフィード',
    'google-incidents': 'Google 障害一覧',
    'oracle-components': 'Oracle Cloud ステータス',
    statuspage: 'Statuspage',
    instatus: 'Instatus',
    statusio: 'Status.io',
    betterstack: 'Better Stack',
    cachet: 'Cachet',
    'uptime-kuma': 'Uptime Kuma',
    gatus: 'Gatus',
    upptime: 'Upptime',
    slack: 'Slack ステータス',
    heroku: 'Heroku ステータス',
    'rss-status': 'ステータスフィード',
    feed: 'ニュースフィード',
    probe: '外形監視',
  },
}

const sources: Words['sources'] = {
  answering: (answering, total) => `情報源${total}件中${answering}件が応答`,
  notAsked: n => `、${n}件は未取得`,
  more: n => `ほか${n}件`,
  silence({ name, host, since, why, next }) {
    const silent = since === null ? 'まだ一度も応答していません' : `${since}から応答していません`
    return `${name}（${host}）は${silent}${why === null ? '' : `（${why}）`}。${next === null ? '' : `次回の試行は${next}。`}`
  },
}

const states: Words['states'] = {
  label: {
    operational: '正常',
    under_maintenance: 'メンテナンス中',
    degraded_performance: 'パフォーマンス低下',
    partial_outage: '一部障害',
    major_outage: '大規模障害',
    unknown: '不明',
  },
  stage: {
    investigating: '調査中',
    identified: '原因特定済み',
    monitoring: '経過観察中',
    resolved: '復旧済み',
    postmortem: '事後報告済み',
    scheduled: '予定',
    in_progress: '実施中',
    verifying: '確認中',
    completed: '完了',
  },
}

const subscribe: Words['subscribe'] = {
  noRegion: id => `ここで監視しているプロバイダーに「${id}」というリージョンはありません。`,
  heading: '購読',
  about: 'ここで起きたことは、プログラムにも人にもすぐに伝えられます。',
  channel: 'チャンネル',
  program: 'プログラムから',
  stream: 'シェルから',
  feed: format => `フィード（${format}）`,
  badge: 'バッジ',
  badgeOf: place => `${place}のバッジ`,
  frame: '任意のページに埋め込む',
  copy: 'コピー',
  copied: what => `${what}：コピーしました。`,
  notCopied: what => `${what}：このブラウザーではコピーできません。テキストを選択してください。`,
}

const ticker: Words['ticker'] = {
  label: 'ティッカー',
  play: '再生',
  pause: '一時停止',
  playTicker: 'ティッカーを再生',
  pauseTicker: 'ティッカーを一時停止',
  notice: 'お知らせ',
  ended: (stage, ago) => `${stage}、${ago}`,
  spokenOpened: (where, title) => `${where}：新しい障害。${title}`,
  spokenEnded: ({ where, stage, title }) => `${where}：${stage}。${title}`,
  moreChanges: n => `ほか${n}件の変更。`,
}

const time: Words['time'] = {
  dayAndTime: (day, clock) => `${day} ${clock}`,
  milliseconds: n => `${n} ms`,
  tenthsOfSecond: seconds => `${tenths(seconds)}秒`,
  seconds: n => `${n}秒`,
  minutes: n => `${n}分`,
  hours: (n, minutes) => (minutes === 0 ? `${n}時間` : `${n}時間${minutes}分`),
  days: (n, hours) => (hours === 0 ? `${n}日` : `${n}日${hours}時間`),
  underOneMinute: '1分未満',
  since: (clock, age) => `${clock}から（${age}）`,
  ago: span => `${span}前`,
  underOneMinuteAgo: '1分以内',
  period: (from, until) => `${from}～${until}`,
}

export const ja: Words = {
  tag: 'ja',
  dir: 'ltr',
  locale: 'ja',
  admission,
  banners,
  connection,
  day,
  days,
  entrance,
  figures,
  frame,
  globe,
  headline,
  incidentList,
  incidentPage,
  incidents,
  lists,
  near,
  newsPage,
  news,
  notifications,
  places,
  probes,
  providerPage,
  regionChoice,
  regionList,
  regions,
  services,
  sourcePage,
  sourceWords,
  sources,
  states,
  subscribe,
  ticker,
  time,
}
