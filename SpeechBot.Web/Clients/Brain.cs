using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI.Chat;
using SpeechBot.Web.Conversations;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SpeechBot.Web.Clients;

/// <summary>A prompt → the pieces of a reply as they are generated; and a prompt → computed ahead, while nobody waits.</summary>
public sealed class Brain(IChatClient chat, BrainInfo info, StageGuard guard, IOptions<BrainOptions> options)
{
    private const int StarterReplyTokens = 72;
    private const int ReplyTokens = 400;
    private const int StarterHistoryTurns = 2;
    private const int HistoryTurnsOfOthers = 20;

    /// <summary>How many earlier turns belong into a prompt.</summary>
    public int HistoryTurns => options.Value.HistoryTurns ?? (info.IsStarter ? StarterHistoryTurns : HistoryTurnsOfOthers);

    /// <summary>Whether <see cref="PrefillAsync"/> does anything.</summary>
    public bool CanPrefill => options.Value.CanPrefill;

    /// <summary>Streams a reply.</summary>
    /// <param name="prompt">System prompt, earlier turns, and what was said now.</param>
    /// <param name="cacheKey">Names the conversation, so that what was computed for its last turn is found again; null computes everything anew.</param>
    /// <param name="maxTokens">The longest reply; null is what suits the model.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    /// <exception cref="StageException">The brain is away, too slow, or refused.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> ReplyAsync(IReadOnlyList<ChatMessage> prompt, string? cacheKey, int? maxTokens, CancellationToken cancellationToken)
    {
        var limit = maxTokens ?? options.Value.MaxReplyTokens ?? (info.IsStarter ? StarterReplyTokens : ReplyTokens);
        return guard.StreamAsync(Stage.Brain, StreamAsync(prompt, cacheKey, limit, cancellationToken), cancellationToken);
    }

    /// <summary>Computes what the next reply will need of <paramref name="prompt"/>. Never throws but for cancellation: it only saves time.</summary>
    public async Task PrefillAsync(IReadOnlyList<ChatMessage> prompt, string cacheKey, CancellationToken cancellationToken)
    {
        if (!CanPrefill)
        {
            return;
        }

        try
        {
            await guard.RunAsync(Stage.Brain, cancel => chat.GetResponseAsync(prompt, Options(cacheKey, 0), cancel), cancellationToken);
        }
        catch (StageException)
        {
            // The next reply takes a little longer, or says itself what is wrong.
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> prompt, string? cacheKey, int maxTokens, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await info.LearnAsync(cancellationToken);
        await foreach (var update in chat.GetStreamingResponseAsync(prompt, Options(cacheKey, maxTokens), cancellationToken))
        {
            yield return update;
        }
    }

    private ChatOptions Options(string? cacheKey, int maxTokens) => new()
    {
        ModelId = info.Name,
        MaxOutputTokens = maxTokens,
        Temperature = options.Value.Temperature ?? (info.IsStarter ? 0 : null),
        ConversationId = null,
        RawRepresentationFactory = _ => WithCacheKey(cacheKey),
    };

    private ChatCompletionOptions WithCacheKey(string? cacheKey)
    {
        var raw = new ChatCompletionOptions();
#pragma warning disable SCME0001 // The client has no property for prompt_cache_key yet, and its patch of the request is marked experimental.
        if (cacheKey is not null)
        {
            raw.Patch.Set("$.prompt_cache_key"u8, cacheKey);
        }
        else if (CanPrefill)
        {
            raw.Patch.Set("$.cache_prompt"u8, false);
        }
#pragma warning restore SCME0001

        return raw;
    }
}
