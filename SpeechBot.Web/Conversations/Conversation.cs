using System.Collections.Immutable;

namespace SpeechBot.Web.Conversations;

/// <summary>A talk with its turns in order. Two pages that open the same talk share one object and both see it <see cref="Changed"/>.</summary>
public sealed class Conversation(string id, DateTimeOffset created)
{
    private ImmutableList<Turn> _turns = [];

    /// <summary>The title of a talk that has no turn yet.</summary>
    public const string Untitled = "New talk";

    /// <summary>Names the talk in the history and towards the brain's prompt cache.</summary>
    public string Id { get; } = id;

    /// <summary>What the list shows: the person's first words, until renamed.</summary>
    public string Title { get; internal set; } = Untitled;

    /// <summary>When the talk began.</summary>
    public DateTimeOffset Created { get; } = created;

    /// <summary>When the talk was last used.</summary>
    public DateTimeOffset Updated { get; internal set; } = created;

    /// <summary>Deleted from the history while somebody had it open: nothing of it is saved any more.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>The voice that the talk was last held with; null is the voice service's choice.</summary>
    public string? Voice { get; internal set; }

    /// <summary>The system prompt that the talk was last held with.</summary>
    public string SystemPrompt { get; internal set; } = SessionSettings.DefaultSystemPrompt;

    /// <summary>The turns, oldest first; a snapshot that never changes.</summary>
    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>Raised on any thread after a turn was added, changed or withdrawn.</summary>
    public event Action? Changed;

    internal void Add(Turn turn) => ImmutableInterlocked.Update(ref _turns, (turns, added) => turns.Add(added), turn);

    internal void Withdraw(Turn turn) => ImmutableInterlocked.Update(ref _turns, (turns, gone) => turns.Remove(gone), turn);

    internal void NotifyChanged() => Changed?.Invoke();
}
