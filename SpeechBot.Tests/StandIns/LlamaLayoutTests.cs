using System.Runtime.CompilerServices;
using LLama.Native;

namespace SpeechBot.Tests.StandIns;

/// <summary>
/// The structs of libllama as the stand-in lays them out. Each release moves fields, and a wrong offset is silent: so the defaults that the
/// library itself fills in must be found where the stand-in looks for them.
/// </summary>
public sealed class LlamaLayoutTests
{
    [Fact]
    public void The_structs_have_the_sizes_of_the_headers()
    {
        Assert.Equal(80, Unsafe.SizeOf<LlamaModelParams>());
        Assert.Equal(160, Unsafe.SizeOf<LlamaContextParams>());
        Assert.Equal(56, Unsafe.SizeOf<LlamaBatchStruct>());
        Assert.Equal(16, Unsafe.SizeOf<LlamaChatMessage>());
    }

    [Fact]
    public void The_defaults_of_a_model_stand_where_they_are_expected()
    {
        var defaults = LlamaNative.llama_model_default_params();
        Assert.Equal(0, defaults.Devices);
        Assert.Equal(-1, defaults.GpuLayers);
        Assert.Equal((0, 1), (defaults.VocabOnly, defaults.UseExtraBuffers));
    }

    [Fact]
    public void The_defaults_of_a_context_stand_where_they_are_expected()
    {
        var defaults = LlamaNative.llama_context_default_params();
        Assert.Equal((512u, 2048u, 512u, 1u), (defaults.ContextSize, defaults.BatchSize, defaults.UBatchSize, defaults.SeqMax));
        Assert.Equal((4, 4), (defaults.Threads, defaults.BatchThreads));
        Assert.Equal((-1, 1, 1), (defaults.FlashAttention, defaults.TypeK, defaults.TypeV));
        Assert.Equal((1, 0, (nint)0), (defaults.NoPerf, defaults.KvUnified, defaults.ContextOther));
    }
}
