using System.Runtime.InteropServices;

namespace Whisper.net.Internals;

/// <summary>Copies a finished segment out of native memory.</summary>
internal static class SegmentReader
{
    /// <summary>The segment, or null when it has no text.</summary>
    public static SegmentData? Read(ProcessorSettings settings, nint state, int segment)
    {
        var text = Marshal.PtrToStringUTF8(NativeWhisper.whisper_full_get_segment_text_from_state(state, segment));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var tokens = new WhisperToken[NativeWhisper.whisper_full_n_tokens_from_state(state, segment)];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = ReadToken(settings.Context, state, segment, i);
        }

        var measured = settings.Probabilities && tokens.Length > 0;
        return new SegmentData(
            text,
            Hundredths(NativeWhisper.whisper_full_get_segment_t0_from_state(state, segment)),
            Hundredths(NativeWhisper.whisper_full_get_segment_t1_from_state(state, segment)),
            measured ? tokens.Min(t => t.Probability) : 0,
            measured ? tokens.Max(t => t.Probability) : 0,
            measured ? tokens.Average(t => t.Probability) : 0,
            NativeWhisper.whisper_full_get_segment_no_speech_prob_from_state(state, segment),
            Marshal.PtrToStringUTF8(NativeWhisper.whisper_lang_str(NativeWhisper.whisper_full_lang_id_from_state(state))) ?? "",
            tokens);
    }

    private static WhisperToken ReadToken(nint context, nint state, int segment, int index)
    {
        var data = NativeWhisper.whisper_full_get_token_data_from_state(state, segment, index);
        return new WhisperToken
        {
            Id = data.Id,
            TimestampId = data.TimestampId,
            Probability = data.Probability,
            ProbabilityLog = data.LogProbability,
            TimestampProbability = data.TimestampProbability,
            TimestampProbabilitySum = data.TimestampProbabilitySum,
            Start = data.Start,
            End = data.End,
            DtwTimestamp = data.DtwTimestamp,
            VoiceLen = data.VoiceLength,
            Text = Marshal.PtrToStringUTF8(NativeWhisper.whisper_full_get_token_text_from_state(context, state, segment, index)),
        };
    }

    private static TimeSpan Hundredths(long value) => TimeSpan.FromMilliseconds(value * 10);
}
