import { foldAccents } from '../../shared/domain/text.ts'
import { addPhrase, emptyTrie, longestAt, type Token, tokensOf, type WordTrie } from '../text/word-trie.ts'

/**
 * What an article is about, in alphabetical order.
 * @param tokens its title, categories and summary, a line each
 * @param summaryFrom the first token of its summary. There, only words count that have one meaning: most texts mention
 * a network or a price in passing.
 */
export function topicsIn(tokens: readonly Token[], summaryFrom = tokens.length): string[] {
  const found = new Set<string>()
  for (let at = 0; at < tokens.length; ) {
    const longest = longestAt(trie, tokens, at)
    const { text = '' } = tokens[at] ?? {}
    if (longest === null && CJK.test(text)) {
      for (const { topic, word } of unspaced) if (text.includes(word)) found.add(topic)
    } else if (longest !== null && isWritten(tokens[at], longest.value) && !isEndless(tokens, at)) {
      for (const { topic, isLoose } of longest.value.topics) if (!isLoose || at < summaryFrom) found.add(topic)
    }
    at = longest?.to ?? at + 1
  }
  if (isCustomerStory(tokens)) found.add('customer-stories')
  return [...found].sort()
}

/** The topics of a text that is one line, such as a title. */
export const topicsOf = (text: string): string[] => topicsIn(tokensOf(text))

type Phrase = { topics: { topic: string; isLoose: boolean }[]; isAbbreviation: boolean }

/** 'AI' is a topic, 'ai' a word of French. */
const isWritten = (token: Token | undefined, { isAbbreviation }: Phrase): boolean =>
  !isAbbreviation || /^(?:\p{Lu}{2}|\p{Lu}\d)/u.test(token?.raw ?? '')

/** 'CVE-2026-' and more digits than a number can have. @see https://www.cve.org/ResourcesSupport/FAQs */
const isEndless = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === 'cve' && (tokens[at + 4]?.text.length ?? 0) > 19

/** 'How Contoso cut its costs with …': a name, then what its bearer has done. */
function isCustomerStory(tokens: readonly Token[]): boolean {
  const title = tokens.slice(1, MAX_TITLE).findIndex(({ opensLine }) => opensLine)
  const words = tokens.slice(0, title < 0 ? MAX_TITLE : title + 1)
  const how =
    words[0]?.text === 'how'
      ? 0
      : words.findIndex(({ text }, at) => text === 'how' && /^[:|-]$/.test(words[at - 1]?.text ?? ''))
  const name = words[how + 1]
  if (how < 0 || name === undefined || !/^[\p{Lu}\d]/u.test(name.raw) || nobody.has(name.text)) return false
  const deed = words.slice(how + 2, how + 9).findIndex(({ text }) => deeds.has(text))
  return deed >= 0 && words.slice(how + 3 + deed).some(({ text }) => means.has(text))
}

const MAX_TITLE = 60
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const nobody = wordSet(
  'to we i it you your our the a an this that these much many do does did is are can should and why what aws azure google microsoft amazon cloudflare github openai meta ai llms attackers hackers threat dns bgp kubernetes',
)
const deeds = wordSet(
  'uses used using built builds migrated migrates moved moves saved saves scaled scales scaling reduced reduces cut cuts runs ran modernized modernised achieved achieves improved improves transformed transforms accelerated accelerates automated automates powers powered delivers delivered deploys deployed creates created processes unlocks unlocked boosts boosted optimized optimised streamlined secures secured drives serves served brings brought trains trained is',
)
const means = wordSet('with on using to through via from by')

/**
 * The words of each topic. Behind '~' stand those that count only in a title or a category. What is in capitals is an
 * abbreviation. A phrase that is listed for no topic hides shorter ones.
 */
const words: Readonly<Record<string, string>> = {
  ai: `
    AI, AIs, LLM, LLMs, GPU, GPUs, TPU, TPUs, AGI, generative, machine learning, deep learning, neural network, neural
    networks, large language model, large language models, language model, foundation model, foundation models, frontier
    model, OpenAI, Anthropic, ChatGPT, GPT-4, GPT-4o, GPT-5, Gemini, Copilot, Bedrock, Vertex AI, SageMaker, Mistral AI,
    Llama 4, DeepSeek, agentic, AI Act, AI agents, chatbot, chatbots, fine-tuning, RAG, model context protocol, MCP,
    Trainium, Trainium2, Trainium3, Inferentia, vector search, vector database, vector databases, 生成AI, 人工知能, 人工智能,
    인공지능, Künstliche Intelligenz, Künstlicher Intelligenz, KI, intelligence artificielle, inteligencia artificial,
    AI-powered, AI-driven, Stargate, xAI, Grok, Qwen, Hugging Face, PyTorch, TensorFlow, CUDA, Cerebras, Groq,
    CoreWeave, LangChain, vLLM, AI assistant, AI assistants, diffusion model, diffusion models, GPT, training cluster,
    training clusters, KI-Modell, KI-Modelle, IA générative
    ~ agents, large models, larger models, copilots, model training, Cohere, Perplexity, AI model, inference, Nvidia,
    Blackwell, H100, H200, B200, Claude, Llama, Mistral, prompt, prompts, embeddings, superintelligence, accelerators,
    DGX`,
  compliance: `
    compliance, compliant, GDPR, DSGVO, HIPAA, FedRAMP, PCI DSS, SOC 2, SOC 1, SOC 3, ISO 27001, ISO 42001, data
    residency, data sovereignty, sovereign, sovereignty, digital sovereignty, souverän, souveräne, Souveränität, NIS2,
    HITRUST, IRAP, CJIS, ITAR, Data Act, AI Act, Digital Markets Act, Digital Services Act, CLOUD Act, EU Data Boundary,
    data protection, Datenschutz, Schrems, export controls, antitrust, regulatory, コンプライアンス, データ主権, data privacy, Impact
    Level, souveraineté, soberanía, RGPD, attestation, compliance reports, SecNumCloud, Gaia-X, EUCS, TISAX, CCPA, LGPD,
    PIPEDA, KRITIS, C5, BSI C5, data localization, data localisation, trusted cloud, eDiscovery, GxP, ENS High, 合规,
    個人情報保護
    ~ fined, subpoena, accredited, legal hold, retention policies, audit, audits, auditors, regulation, regulations,
    regulator, regulators, regulated, privacy, certification, certifications, certified, accreditation, DORA, CMA,
    FTC, European Commission, watchdog, governance, lawmakers, legislation, data transfers, competition probe`,
  'customer-stories': `
    customer story, customer stories, case study, case studies, customer spotlight, success story, success stories,
    customer success, Erfolgsgeschichte, Kundenreferenz, Kundenstory, Kundengeschichte, 導入事例, お客様事例, 事例紹介, 客户案例,
    témoignage client, caso de éxito, customer case, Anwenderbericht, Referenzkunde, 고객 사례, retour d'expérience`,
  datacenters: `
    data center, data centers, data centre, data centres, datacenter, datacenters, datacentre, datacentres, data-center,
    data-centre, data-centers, data-centres, new region, new regions, new cloud region, cloud region, cloud regions,
    second region, third region, availability zone, availability zones, hyperscale, hyperscaler, hyperscalers,
    colocation, colo, server farm, server farms, Rechenzentrum, Rechenzentren, Rechenzentrums, データセンター, データセンタ, 数据中心,
    資料中心, 데이터센터, centre de données, centres de données, centro de datos, centros de datos, data hall, data halls, liquid
    cooling, immersion cooling, bit barn, bit barns, Local Zone, Local Zones, megawatt, megawatts, gigawatt, gigawatts,
    Equinix, Digital Realty, CyrusOne, Vantage, QTS, availability domain, server hall, server halls, new AWS Region, new
    Azure region, new Google Cloud region, DCIM, Uptime Institute, rack-scale, Data-Center
    ~ chiller, chillers, build-out, opens region, opens a region, open a region, launch a region, launches a region,
    launches region, plans region, plans a region, region is open, region now open, region is now open, planning
    permission, moratorium, overheats, overheated, region for, region to, location in, first region, opens a location,
    hot aisle, substation, kW, campus, campuses, racks, cooling, MW, GW, diesel generators, backup generators, region
    opens, edge location, edge locations, points of presence, region launch`,
  networking: `
    networking, BGP leak, BGP hijack, cable cut, cable cuts, fiber cut, fibre cut, fiber cuts, fibre cuts, DNS resolver,
    resolver, route leaks, NAT64, ECMP, netflow, load-balancing, TCP/IP, peered, fiber network, fibre network, dark
    fiber, dark fibre, subnet, PoP, PoPs, CDN, CDNs, DNS, BGP, IPv6, IPv4, load balancer, load balancers, load
    balancing, submarine cable, submarine cables, subsea cable, subsea cables, undersea cable, undersea cables,
    Seekabel, peering, VPN, VPNs, SD-WAN, VPC, Transit Gateway, ExpressRoute, Direct Connect, Cloud Interconnect, RPKI,
    route leak, route hijack, QUIC, HTTP/3, anycast, internet exchange, IXP, packet loss, PrivateLink, Private Link, NAT
    gateway, subnets, virtual network, virtual networks, service mesh, ネットワーク, Netzwerk, Netzwerke, réseau, DNSSEC,
    DE-CIX, AMS-IX, Ethernet, traceroute, VNet, internet routing, cable landing, VPC Lattice, CloudFront, Route 53,
    Cloud NAT, Starlink, traffic engineering, DNS resolution, eBPF, Cilium, 400G, 800G, MPLS, ISP, ISPs, IP address, IP
    addresses, internet traffic, route server, telecoms, TLS termination, CDN77, 网络, 네트워크, 海底ケーブル, 海底电缆, 해저 케이블,
    Glasfaser
    ~ optical, telecom, gateway, ingress, Gbps, Tbit/s, carriers, Envoy, round trip, round trips, router firmware, edge
    locations, WebSocket, WebSockets, network, networks, latencies, VXLAN, latency, backbone, fiber, fibre, router,
    routers, routing, bandwidth, TCP, 5G, satellite, cable, cables, interconnect, edge network, Wi-Fi, throughput,
    congestion`,
  pricing: `
    pricing, price cut, price cuts, price increase, price increases, price hike, price hikes, price drop, price
    reduction, billing, FinOps, savings plan, savings plans, reserved instances, free tier, egress fee, egress fees,
    egress bill, egress cost, egress costs, data egress, pay-as-you-go, cost optimization, cost optimisation, cost
    saving, cost savings, cloud costs, cloud cost, cloud bill, cloud spend, cloud spending, committed use, per-second
    billing, Preiserhöhung, Preissenkung, Preise, 料金, 値下げ, 値上げ, 价格, 降价, tarifs, precios, cost management, TCO, total
    cost of ownership, list price, rightsizing, reserved capacity, cost allocation, cost control, chargeback, 가격, 요금,
    コスト削減, Kosten, coûts, costes, cost anomaly
    ~ savings, spot VMs, refund, refunds, credits, budgets, expensive, inexpensive, per hour, per month, per gigabyte,
    overcharged, rebate, affordable, price, prices, priced, discount, discounts, discounted, cost, costs, cheaper,
    cheap, fee, fees, bills, invoice, invoices, save up to, saves money, save money, spot instances, costly,
    licensing, licensing costs, tariffs, free of charge, surcharge, pay less, pay more`,
  reliability: `
    reliability, resilience, resiliency, resilient, outage, outages, downtime, post-mortem, postmortem, postmortems,
    post-mortems, disaster recovery, failover, SLA, SLAs, SLO, SLOs, SRE, site reliability, knocked offline, chaos
    engineering, root cause, root causes, service disruption, service disruptions, high availability, error budget,
    error budgets, multi-AZ, multi-region, incident report, incident review, Ausfall, Ausfälle, Störung, Störungen,
    panne, 障害, 故障, 宕机, 장애, interrupción, back online, goes offline, went offline, knocks offline, taken offline, goes
    down, went down, elevated error rates, degraded performance, brownout, fault tolerance, fault-tolerant, on-call,
    goes dark, went dark, apagón, interruption de service, single point of failure, service restored, post-incident,
    caída, BGP leak, unreachable, nicht erreichbar, loses power, lost power, power failure, power outage, power outages,
    service interruption, service interruptions, operational issue, service event, cable cut, cable cuts, fiber cut,
    fibre cut, fiber cuts, fibre cuts, connectivity issues, Availability SLA, business continuity, redundancy, load
    shedding, circuit breaker, circuit breakers, graceful degradation, incident management, service health,
    Zuverlässigkeit, Verfügbarkeit, 可用性, 高可用, 복구, 중단, 停机, blast radius, cell-based architecture, static stability, data
    loss, health checks, zonal shift
    ~ durability, retries, maintenance window, blip, hiccups, recover, recovering, surviving, survive, survives,
    timeouts, stalled, overload, overloaded, incident response, incident, incidents, disruption, disruptions, uptime,
    offline, is down, are down, was down, were down, down again, down for, knocked out, knocks out, takes down, took
    down, taken down, brings down, brought down, crash, crashes, crashed, failure, failures, fails, failed, meltdown,
    blackout, availability, recovery, recovers, recovered, restores, restored, glitch, degraded, degradation,
    unavailable, on call, backup, backups, rollback, errors, interruption, fail, drops out, dropped out, knocked,
    inaccessible, inaccessibles, sin servicio, nicht verfügbar, postmortems, slowdown, reachable again, back up,
    stumbles, wobbles, falls over, fell over, topples, borked, hiccup, down, power loss`,
  security: `
    security, cybersecurity, cyberattack, cyberattacks, vulnerability, vulnerabilities, CVE, CVEs, ransomware,
    encryption, encrypted, zero trust, zero-day, zero-days, zero day, phishing, malware, DDoS, botnet, botnets, data
    breach, data breaches, backdoor, spyware, passkey, passkeys, MFA, SIEM, firewall, firewalls, WAF, post-quantum,
    supply chain attack, supply-chain attack, supply chain attacks, bug bounty, privilege escalation, remote code
    execution, RCE, SQL injection, XSS, cross-site scripting, GuardDuty, infostealer, threat intelligence, threat actor,
    threat actors, confidential computing, confidential VMs, Sicherheitslücke, Sicherheitslücken, Sicherheit, 脆弱性,
    セキュリティ, 漏洞, 安全漏洞, 보안, sécurité, seguridad, least privilege, stolen credentials, credential stuffing, secrets
    management, key management, customer-managed keys, KMS, threat detection, cyber attack, prompt injection, script
    injection, exfiltration, ciberataque, cyberattaque, encrypting, encrypts, encrypt, penetration test, penetration
    testing, red team, hardening, SBOM, SBOMs, rootkit, keylogger, CAPTCHA, single sign-on, SSO, OAuth, OIDC, RBAC,
    access control, multi-factor, two-factor, 2FA, CISA, CISO, CISOs, NSA, cyber-attack, cyberespionage, espionage,
    jailbreak, jailbreaks, deepfake, deepfakes, secret scanning, security keys, sandboxing, Zero-Day-Lücke,
    Schadsoftware, Angreifer, Cyberangriff, 攻撃, 不正アクセス, 攻击, 해킹, faille, ciberseguridad, vulnerabilidad, vulnérabilité
    ~ signing, surveillance, crooks, crims, spoofed, SOC, audit log, audit logs, guardrails, impersonation, stolen,
    steal, steals, theft, extortion, compromise, compromised, secure, secures, breach, breaches, breached, hack,
    hacks, hacked, hackers, attack, attacks, attackers, exploit, exploits, exploited, patch, patches, credentials,
    threat, threats, password, passwords, authentication, authorization, IAM, leaked, hijacked, flaw, flaws, phished,
    certificate, certificates, data leak, data leaks, vulnerable, spying, scam, scammers, trojan, worm, hole, holes,
    blocked bots, bot blocking, sandbox escape, spies, injection, identity, TLS, keys, fraud, bots, permissions,
    defender, cyber, secret`,
  sustainability: `
    sustainability, sustainable, sustainably, carbon, carbon-free, renewable, renewables, renewable energy, net zero,
    net-zero, emissions, clean energy, nuclear, nuclear power, solar, wind farm, wind farms, wind power, offshore wind,
    PPA, PPAs, power purchase agreement, power purchase agreements, geothermal, water use, water usage, water
    consumption, water positive, heat reuse, waste heat, energy efficiency, energy-efficient, PUE, SMR, SMRs, small
    modular reactor, small modular reactors, decarbonization, decarbonisation, decarbonize, nachhaltig, Nachhaltigkeit,
    nachhaltige, klimaneutral, CO2, Abwärme, Ökostrom, 脱炭素, 再生可能エネルギー, 碳中和, 可再生能源, durable, renouvelables, renovable,
    green energy, green power, energy use, low-carbon, climate-neutral, carbon-neutral, zero-carbon, embodied carbon,
    hydropower, hydroelectric, wind turbine, wind turbines, heat pump, heat pumps, Scope 3, ESG, LEED, fossil, fossil
    fuel, fossil fuels, natural gas, coal, carbon-aware, footprint, emission, methane, greenhouse gas, sea water
    cooling, énergie verte, Klima, erneuerbare, Erneuerbare Energien, energía limpia, 持続可能, 節電
    ~ electricity, batteries, offsets, biodiesel, reforestation, climate, green, greener, hydrogen, circular economy,
    reactor, reactors, recycling, battery storage, water, e-waste, environmental, HVO, fusion, photovoltaic, drought`,
  '': `
    Hacker News, trust us, slow news, AWS Secrets, energy drink, login page design, token ring, high energy physics,
    data loss prevention, incident commander, general availability, generally available, Data Center edition, Jira Data
    Center, Confluence Data Center, campus network, campus networks, cold case, bill of materials, neural network,
    social network, social networks, Cost Explorer, high cost of, network state, incident.io, water cooler, security
    camera, release notes, cable news, crash course, breaking down, down payment, cooling off, green light, green
    lights, secret sauce, prompt action, Green Bay, PagerDuty on call, break down, breaks down, slow down, slows down,
    scale down, scales down, scaling down, shut down, shuts down, shutting down, doubling down, doubles down, double
    down, drill down, deep down, write down, narrow down, winds down, winding down, cut down, crack down, cracks down,
    cracking down, clamp down, track down, drops down, top down, price down, marked down, trickle down, step down, steps
    down, stepping down, network effect, network effects, cost of living, key findings, keys to, at the cost of, turn
    down, turns down, calm down, settle down`,
}

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/

/** Scripts without spaces: their words are parts of a token. */
const unspaced: { topic: string; word: string }[] = []
const trie = topicTrie()

function topicTrie(): WordTrie<Phrase> {
  const phrases = new Map<string, Phrase>()
  for (const [topic, list] of Object.entries(words))
    for (const [part, isLoose] of list.split('~').map((part, at) => [part, at > 0] as const))
      for (const written of part.split(',').map(text => text.replace(/\s+/g, ' ').trim())) {
        const word = foldAccents(written)
        if (word === '') continue
        if (CJK.test(written)) unspaced.push({ topic, word })
        const phrase = phrases.get(word) ?? { topics: [], isAbbreviation: /^[A-Z\d]{2,5}s?$/.test(written) }
        if (topic !== '') phrase.topics.push({ topic, isLoose })
        phrases.set(word, phrase)
      }
  const trie = emptyTrie<Phrase>()
  for (const [word, phrase] of phrases) addPhrase(trie, word, phrase)
  return trie
}
