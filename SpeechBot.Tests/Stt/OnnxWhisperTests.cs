using Microsoft.Extensions.Options;
using SpeechBot.ServiceDefaults.Models;
using SpeechBot.Stt.Networks;
using SpeechBot.Stt.Transcription;
using SpeechBot.Tests.Support;

namespace SpeechBot.Tests.Stt;

public sealed class OnnxWhisperTests(OnnxWhisperTests.Models models) : IClassFixture<OnnxWhisperTests.Models>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(KnownWords.Clips), MemberType = typeof(KnownWords))]
    public async Task It_hears_the_words_that_whisper_cpp_hears(string clip)
    {
        var request = new TranscriptionRequest(Samples(clip));
        var decoder = new WhisperDecoder(Options.Create(new TranscriptionOptions()), TimeProvider.System);

        var here = await decoder.DecodeAsync(models.Onnx, request, Cancelled);
        var there = await decoder.DecodeAsync(models.Plain, request, Cancelled);

        Assert.InRange(WordErrorRate.Of(Text(there), Text(here)), 0, 0.1);
        Assert.Equal(0, WordErrorRate.Of(KnownWords.Of[clip], Text(here)), 6);
    }

    [Fact]
    public void One_thread_hears_what_two_hear()
    {
        var samples = Samples("capital-of-france.wav");

        var tokens = Run(samples, threads: 1)!.Tokens;

        // The first word after the timestamp of the beginning, and the end after 2 s.
        Assert.Equal([WhisperTokens.FirstTimestamp, 1867, 318, 262, 3139, 286, 4881, 30, WhisperTokens.FirstTimestamp + 100], tokens);
        Assert.Equal(tokens, Run(samples, threads: 2)!.Tokens);
    }

    [Fact]
    public void Where_nobody_speaks_there_is_nothing() => Assert.Equal("", Run(new float[32_000], threads: 2)?.Text ?? "");

    [Fact]
    public void It_stops_in_the_middle_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        Exception? ended = null;

        // A thread of its own, and this one waits: the pool's may all be busy until a run is over.
        var run = new Thread(() => ended = Record.Exception(() => models.Onnx.Onnx!.Run(new float[28 * 16_000], EncoderWindow.Full, 200, 2, stop.Token)));
        run.Start();
        Assert.False(run.Join(TimeSpan.FromMilliseconds(20)));
        stop.Cancel();
        run.Join();

        Assert.IsAssignableFrom<OperationCanceledException>(ended);
        Assert.Equal("What is the capital of France?", Run(Samples("capital-of-france.wav"), threads: 2)!.Text);
    }

    [Fact]
    public void What_another_network_would_be_needed_for_stays_with_whisper_cpp()
    {
        Assert.NotNull(models.Onnx.Onnx);
        Assert.Null(models.Plain.Onnx);

        // A model whose matrices are in 16 bits: the first of them says so in its header.
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "half.bin");
            var bytes = File.ReadAllBytes(TestModels.StarterEars);
            var name = bytes.AsSpan().IndexOf("encoder.blocks.0.attn.query.weight"u8);
            bytes[name - (3 * sizeof(int))] = 1;
            File.WriteAllBytes(path, bytes);

            Assert.Null(OnnxWhisper.Open(path, 2));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private TranscriptSegment? Run(float[] samples, int threads) => models.Onnx.Onnx!.Run(samples, EncoderWindow.SizeFor(samples.Length), 40, threads, Cancelled);

    private static string Text(IReadOnlyList<TranscriptSegment> segments) => string.Join(' ', segments.Select(segment => segment.Text));

    private static float[] Samples(string clip) => TestAudio.Read(clip).To(TranscriptionRequest.SampleRate).Samples;

    /// <summary>The starter model, with ONNX Runtime and without.</summary>
    public sealed class Models : IDisposable
    {
        public WhisperModel Onnx { get; } = Load(useOnnx: true);

        public WhisperModel Plain { get; } = Load(useOnnx: false);

        public void Dispose()
        {
            Onnx.Dispose();
            Plain.Dispose();
        }

        private static WhisperModel Load(bool useOnnx) =>
            WhisperModel.Load(TestModels.StarterEars, new TranscriptionOptions { Accelerator = Accelerator.Cpu, Threads = 2, UseOnnx = useOnnx });
    }
}
