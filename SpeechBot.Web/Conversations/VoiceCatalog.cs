using SpeechBot.Web.Clients;

namespace SpeechBot.Web.Conversations;

/// <summary>The voices that the voice service has.</summary>
public sealed class VoiceCatalog(SpeechClient voice)
{
    private IReadOnlyList<VoiceInfo> _known = [];

    /// <summary>The voices as the service lists them; those last known while it is away.</summary>
    public async Task<IReadOnlyList<VoiceInfo>> ListAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var voices = await voice.ListVoicesAsync(cancellationToken);
            _known = [.. voices.Select(entry => new VoiceInfo(entry.Id, entry.Name ?? entry.Id, entry.Language, entry.Description))];
        }
        catch (HttpRequestException)
        {
            // Away: the service monitor tells the person.
        }

        return _known;
    }
}
