using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.Stt.Transcription;

namespace SpeechBot.Tests.Stt;

public sealed class TranscriptionQueueTests
{
    private readonly TranscriptionQueue _queue = new(Options.Create(new TranscriptionOptions { QueueLimit = 2 }));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void One_is_served_and_as_many_wait_as_the_limit_says()
    {
        var places = Enumerable.Range(0, 3).Select(_ => _queue.EnterUpload()).ToArray();

        var refused = Assert.Throws<OpenAiException>(_queue.EnterUpload);
        Assert.Equal(429, refused.Status);
        Assert.NotNull(refused.RetryAfter);
        Assert.Contains("Stt:QueueLimit", refused.Message);

        places[0].Dispose();
        _queue.EnterUpload().Dispose();
    }

    [Fact]
    public async Task Somebody_who_is_talking_goes_before_uploads()
    {
        var running = await _queue.WaitAsync(live: false, Cancelled);
        var upload = _queue.WaitAsync(live: false, Cancelled).AsTask();
        var live = _queue.WaitAsync(live: true, Cancelled).AsTask();

        running.Dispose();
        var first = await live;
        Assert.False(upload.IsCompleted);

        first.Dispose();
        (await upload).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_is_skipped()
    {
        using var cancel = new CancellationTokenSource();
        var running = await _queue.WaitAsync(live: false, Cancelled);
        var impatient = _queue.WaitAsync(live: false, cancel.Token).AsTask();
        var patient = _queue.WaitAsync(live: false, Cancelled).AsTask();
        await cancel.CancelAsync();

        running.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        (await patient).Dispose();
    }
}
