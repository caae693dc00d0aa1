import { z } from 'zod'
import { Article } from '../../../shared/domain/article.ts'
import { type AddCommand, action, examples, limitOption } from '../command.ts'
import { tableLines, timeText } from '../print.ts'

const options = ['stack', 'provider', 'vendor', 'service', 'region', 'country', 'topic', 'language'] as const
type Options = Partial<Record<(typeof options)[number] | 'search', string>> & { limit: number }

export const addNews: AddCommand = program => {
  const command = program
    .command('news')
    .summary('what is written about the clouds')
    .description('Articles, newest first, as far back as they are kept.')
    .option('--search <words>', 'with all of these words')
  for (const name of options) command.option(`--${name} <id>`, `of a ${name}`)
  command
    .addOption(limitOption(500))
    .addHelpText(
      'after',
      examples(
        ['nephoscope news --topic sustainability --language en', 'on a topic'],
        ['nephoscope news --stack shop --search postgres', 'on what you use'],
      ),
    )
    .action(
      action(async ({ server, print }, { limit, search, ...query }: Options) => {
        const { articles } = await server.get(
          'api/articles',
          { ...query, q: search, limit: String(limit) },
          z.object({ articles: z.array(Article) }),
        )
        print.answer(articles, paint =>
          articles.length === 0
            ? ['nothing']
            : tableLines(
                ['published', 'title', 'about', 'link'],
                articles.map(one => [timeText(one.publishedAt), one.title, one.providers.join(', '), one.url]),
                paint,
              ),
        )
        return 0
      }),
    )
}
