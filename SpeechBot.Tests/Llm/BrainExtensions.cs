using LLama.Native;

namespace SpeechBot.Tests.Llm;

internal static class BrainExtensions
{
    extension(Brain brain)
    {
        /// <summary>A bias under which the starter model never ends its reply by itself.</summary>
        public Dictionary<string, int> NeverEnding
        {
            get
            {
                var vocab = brain.Scheduler.Model!.Vocab;
                return Enumerable.Range(0, vocab.Count).Where(token => ((LLamaToken)token).IsEndOfGeneration(vocab)).ToDictionary(token => $"{token}", _ => -100);
            }
        }

        /// <summary>The text of a token.</summary>
        public string Text(LLamaToken token)
        {
            var decoder = new LLama.StreamingTokenDecoder(brain.Scheduler.Model!.Engine.Context);
            decoder.Add(token);
            return decoder.Read();
        }

        /// <summary>Waits until something is so; the test's own time limit ends it.</summary>
        public async Task UntilAsync(Func<bool> condition)
        {
            while (!condition())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

}
