namespace Whisper.net;

/// <summary>One token of a segment. Times are in hundredths of a second and -1 unless token timestamps were asked for.</summary>
public class WhisperToken
{
    public int Id;
    public int TimestampId;
    public float Probability;
    public float ProbabilityLog;
    public float TimestampProbability;
    public float TimestampProbabilitySum;
    public long Start;
    public long End;
    public long DtwTimestamp;
    public float VoiceLen;
    public string? Text;
}
