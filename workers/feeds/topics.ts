/** What an article is about, by words in its title, its categories and its summary. Topics in alphabetical order. */
export const topicsOf = (text: string): string[] =>
  Object.entries(rules)
    .filter(([, rule]) => rule.test(text))
    .map(([topic]) => topic)

/** One line a topic: the whole table may be read at a glance. Words that stand in every cloud article are none of these. */
const rules: Readonly<Record<string, RegExp>> = {
  ai: /\b(?:AI|LLMs?|GPUs?|TPUs?|generative|machine learning|large language models?|OpenAI|Gemini|Copilot|Bedrock)\b/,
  compliance:
    /\b(?:compliance|compliant|GDPR|HIPAA|FedRAMP|PCI DSS|SOC 2|ISO 27001|data residency|sovereign(?:ty)?)\b/i,
  'customer-stories': /\b(?:customer stor(?:y|ies)|case stud(?:y|ies)|customer spotlight|success stor(?:y|ies))\b/i,
  datacenters: /\b(?:data ?cent(?:er|re)s?|new (?:cloud )?region|availability zones?|hyperscalers?|colocation)\b/i,
  networking: /\b(?:networking|network|CDN|DNS|BGP|IPv6|load balanc(?:er|ers|ing)|submarine cables?|peering|VPN)\b/i,
  pricing:
    /\b(?:pricing|prices?|price (?:cut|increase)s?|discounts?|billing|cost (?:savings?|optimi[sz]ation)|FinOps)\b/i,
  reliability:
    /\b(?:reliability|resilien(?:ce|cy|t)|outages?|post-?mortem|incident|disaster recovery|failover|SLAs?)\b/i,
  security:
    /\b(?:security|vulnerabilit(?:y|ies)|CVE-\d{4}-\d{1,19}|ransomware|encryption|zero trust|phishing|malware|DDoS)\b/i,
  sustainability:
    /\b(?:sustainab(?:le|ility)|carbon|renewables?|net[- ]zero|emissions|clean energy|nuclear power|water use)\b/i,
}
