namespace SpeechBot.Web.Conversations;

/// <summary>
/// The history of one person's talks. Nothing here throws because the store is away: what is known in this process is answered,
/// what is written is kept and written later, and <see cref="Saving"/> says so.
/// </summary>
public interface IConversationStore
{
    /// <summary>False while the store cannot be reached and new turns live in this process only.</summary>
    bool Saving { get; }

    /// <summary>Raised on any thread when <see cref="Saving"/> changed.</summary>
    event Action? SavingChanged;

    /// <summary>Raised on any thread, with the owner, after a talk of theirs was written, renamed or deleted from here.</summary>
    event Action<string>? Changed;

    /// <summary>The talks of <paramref name="owner"/>, last used first.</summary>
    Task<IReadOnlyList<ConversationSummary>> ListAsync(string owner, CancellationToken cancellationToken = default);

    /// <summary>The talks in whose title or turns <paramref name="text"/> occurs, last used first.</summary>
    Task<IReadOnlyList<ConversationSummary>> SearchAsync(string owner, string text, CancellationToken cancellationToken = default);

    /// <summary>A talk with all its turns; null where there is none (any more).</summary>
    Task<Conversation?> LoadAsync(string owner, string id, CancellationToken cancellationToken = default);

    /// <summary>Writes a turn under its id, with the talk it belongs to; writing it again changes nothing but what changed in it.</summary>
    Task SaveTurnAsync(string owner, Conversation conversation, Turn turn, CancellationToken cancellationToken = default);

    /// <summary>Gives a talk another title.</summary>
    Task RenameAsync(string owner, string id, string title, CancellationToken cancellationToken = default);

    /// <summary>Forgets a talk and its turns.</summary>
    Task DeleteAsync(string owner, string id, CancellationToken cancellationToken = default);
}
