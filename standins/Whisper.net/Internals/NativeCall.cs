using System.Runtime.InteropServices;

namespace Whisper.net.Internals;

/// <summary>One transcription: its own native state, freed at the end; nothing is carried over to the next.</summary>
internal sealed unsafe class NativeCall : IDisposable
{
    private readonly ProcessorSettings _settings;
    private readonly Action<SegmentData> _onSegment;
    private readonly CancellationToken _cancellationToken;
    private readonly nint _state;
    private readonly nint _language;
    private readonly nint _prompt;
    private GCHandle _self;
    private int _delivered;

    public NativeCall(ProcessorSettings settings, Action<SegmentData> onSegment, CancellationToken cancellationToken)
    {
        _settings = settings;
        _onSegment = onSegment;
        _cancellationToken = cancellationToken;
        _language = Marshal.StringToCoTaskMemUTF8(settings.Language);
        _prompt = Marshal.StringToCoTaskMemUTF8(settings.Prompt);
        _state = NativeWhisper.whisper_init_state(settings.Context);
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Blocks until the audio is transcribed or cancelled; 0 is success.</summary>
    public int Run(ReadOnlySpan<float> samples)
    {
        var parameters = CreateParams();
        fixed (float* first = samples)
        {
            return NativeWhisper.whisper_full_with_state(_settings.Context, _state, parameters, first, samples.Length);
        }
    }

    public void Dispose()
    {
        NativeWhisper.whisper_free_state(_state);
        Marshal.FreeCoTaskMem(_language);
        Marshal.FreeCoTaskMem(_prompt);
        _self.Free();
    }

    private FullParams CreateParams()
    {
        var parameters = NativeWhisper.whisper_full_default_params(0);
        parameters.PrintProgress = 0;
        parameters.NoContext = _settings.NoContext ? (byte)1 : parameters.NoContext;
        parameters.SingleSegment = _settings.SingleSegment ? (byte)1 : parameters.SingleSegment;
        parameters.TokenTimestamps = _settings.TokenTimestamps ? (byte)1 : parameters.TokenTimestamps;
        parameters.Threads = _settings.Threads ?? parameters.Threads;
        parameters.AudioContext = _settings.AudioContextSize ?? parameters.AudioContext;
        parameters.MaxTokens = _settings.MaxTokensPerSegment ?? parameters.MaxTokens;
        parameters.Temperature = _settings.Temperature ?? parameters.Temperature;
        parameters.TemperatureIncrement = _settings.TemperatureIncrement ?? parameters.TemperatureIncrement;
        parameters.BestOf = _settings.BestOf ?? parameters.BestOf;
        parameters.Language = _language != 0 ? _language : parameters.Language;
        parameters.InitialPrompt = _prompt != 0 ? _prompt : parameters.InitialPrompt;
        parameters.NewSegmentCallback = (nint)(delegate* unmanaged<nint, nint, int, nint, void>)&OnNewSegment;
        parameters.AbortCallback = (nint)(delegate* unmanaged<nint, byte>)&OnAbort;
        parameters.NewSegmentData = parameters.AbortData = GCHandle.ToIntPtr(_self);
        return parameters;
    }

    [UnmanagedCallersOnly]
    private static byte OnAbort(nint data) => From(data)._cancellationToken.IsCancellationRequested ? (byte)1 : (byte)0;

    [UnmanagedCallersOnly]
    private static void OnNewSegment(nint context, nint state, int count, nint data) => From(data).Deliver();

    private static NativeCall From(nint data) => (NativeCall)GCHandle.FromIntPtr(data).Target!;

    private void Deliver()
    {
        for (var count = NativeWhisper.whisper_full_n_segments_from_state(_state); _delivered < count && !_cancellationToken.IsCancellationRequested; _delivered++)
        {
            if (SegmentReader.Read(_settings, _state, _delivered) is { } segment)
            {
                _onSegment(segment);
            }
        }
    }
}
