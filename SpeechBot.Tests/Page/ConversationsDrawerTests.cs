using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SpeechBot.Web.Components.Settings;
using SpeechBot.Web.Components.Talk;
using SpeechBot.Web.Components.Talks;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Page;

public sealed class ConversationsDrawerTests : PageTest
{
    private readonly FakeTimeProvider _time = new();
    private readonly CountingStore _store = new();

    public ConversationsDrawerTests()
    {
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton<IConversationStore>(_store);

        // Nobody opens a talk here.
        Services.AddScoped(services => new CurrentTalk(null!, services.GetRequiredService<PageSettingsStore>(), services.GetRequiredService<TalkAudio>(), null!, TimeProvider.System));
    }

    [Fact]
    public async Task However_often_the_talks_change_they_are_read_once_and_not_while_an_answer_begins()
    {
        var drawer = Render<ConversationsDrawer>();
        Assert.Equal(1, _store.Listed);

        foreach (var _ in Enumerable.Range(0, 5))
        {
            _store.Change();
        }

        Assert.Equal(1, _store.Listed);
        _time.Advance(TimeSpan.FromSeconds(1));
        drawer.WaitForAssertion(() => Assert.Equal(2, _store.Listed));
        _store.Change();

        // The list may still be drawing what it has read; it looks at the clock behind that.
        await drawer.InvokeAsync(() => { });
        _time.Advance(TimeSpan.FromSeconds(1));
        drawer.WaitForAssertion(() => Assert.Equal(3, _store.Listed));
    }

    private sealed class CountingStore : IConversationStore
    {
        public bool Saving => true;

        public event Action? SavingChanged
        {
            add { }
            remove { }
        }

        public event Action<string>? Changed;

        internal int Listed { get; private set; }

        internal void Change() => Changed?.Invoke(VoiceSessions.LocalOwner);

        public Task<IReadOnlyList<ConversationSummary>> ListAsync(string owner, CancellationToken cancellationToken = default)
        {
            Listed++;
            return Task.FromResult<IReadOnlyList<ConversationSummary>>([]);
        }

        public Task<IReadOnlyList<ConversationSummary>> SearchAsync(string owner, string text, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<Conversation?> LoadAsync(string owner, string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task SaveTurnAsync(string owner, Conversation conversation, Turn turn, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task RenameAsync(string owner, string id, string title, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task DeleteAsync(string owner, string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
