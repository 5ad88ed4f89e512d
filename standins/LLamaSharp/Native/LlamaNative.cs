using System.Runtime.InteropServices;

namespace LLama.Native;

/// <summary>The imported functions of libllama v0.5.0 (npm node-llama-cpp 3.22.1). Names are those of llama.h.</summary>
internal static unsafe class LlamaNative
{
    [DllImport(LlamaLibrary.Name)]
    internal static extern LlamaModelParams llama_model_default_params();

    [DllImport(LlamaLibrary.Name)]
    internal static extern LlamaContextParams llama_context_default_params();

    [DllImport(LlamaLibrary.Name)]
    internal static extern nint llama_model_load_from_file(byte* path, LlamaModelParams parameters);

    [DllImport(LlamaLibrary.Name)]
    internal static extern void llama_model_free(nint model);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_model_n_ctx_train(nint model);

    [DllImport(LlamaLibrary.Name)]
    internal static extern ulong llama_model_size(nint model);

    [DllImport(LlamaLibrary.Name)]
    internal static extern ulong llama_model_n_params(nint model);

    [DllImport(LlamaLibrary.Name)]
    internal static extern byte* llama_model_chat_template(nint model, byte* name);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_model_meta_count(nint model);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_model_meta_key_by_index(nint model, int index, byte* buffer, nuint size);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_model_meta_val_str_by_index(nint model, int index, byte* buffer, nuint size);

    [DllImport(LlamaLibrary.Name)]
    internal static extern LlamaQuantizeParams llama_model_quantize_default_params();

    [DllImport(LlamaLibrary.Name)]
    internal static extern uint llama_model_quantize(byte* source, byte* target, LlamaQuantizeParams* parameters);

    [DllImport(LlamaLibrary.Name)]
    internal static extern nint llama_model_get_vocab(nint model);

    [DllImport(LlamaLibrary.Name)]
    internal static extern nint llama_init_from_model(nint model, LlamaContextParams parameters);

    [DllImport(LlamaLibrary.Name)]
    internal static extern void llama_free(nint context);

    [DllImport(LlamaLibrary.Name)]
    internal static extern uint llama_n_ctx(nint context);

    [DllImport(LlamaLibrary.Name)]
    internal static extern uint llama_n_batch(nint context);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_n_threads(nint context);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_n_threads_batch(nint context);

    [DllImport(LlamaLibrary.Name)]
    internal static extern void llama_set_n_threads(nint context, int threads, int threadsBatch);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_decode(nint context, LlamaBatchStruct batch);

    [DllImport(LlamaLibrary.Name)]
    internal static extern float* llama_get_logits_ith(nint context, int index);

    [DllImport(LlamaLibrary.Name)]
    internal static extern nint llama_get_memory(nint context);

    [DllImport(LlamaLibrary.Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool llama_memory_seq_rm(nint memory, int sequence, int start, int end);

    [DllImport(LlamaLibrary.Name)]
    internal static extern void llama_memory_seq_cp(nint memory, int source, int target, int start, int end);

    [DllImport(LlamaLibrary.Name)]
    internal static extern void llama_memory_seq_add(nint memory, int sequence, int start, int end, int delta);

    [DllImport(LlamaLibrary.Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool llama_memory_can_shift(nint memory);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_tokenize(nint vocab, byte* text, int length, LLamaToken* tokens, int capacity, byte addSpecial, byte parseSpecial);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_token_to_piece(nint vocab, LLamaToken token, byte* buffer, int length, int leftStrip, byte special);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_vocab_n_tokens(nint vocab);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_vocab_bos(nint vocab);

    [DllImport(LlamaLibrary.Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool llama_vocab_get_add_bos(nint vocab);

    [DllImport(LlamaLibrary.Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool llama_vocab_is_eog(nint vocab, int token);

    [DllImport(LlamaLibrary.Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool llama_vocab_is_control(nint vocab, int token);

    [DllImport(LlamaLibrary.Name)]
    internal static extern int llama_chat_apply_template(byte* template, LlamaChatMessage* messages, nuint count, byte addAssistant, byte* buffer, int length);

    [DllImport(LlamaLibrary.Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static extern bool llama_supports_gpu_offload();
}
