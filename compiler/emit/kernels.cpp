#include "compiler/emit/kernels.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <limits>
#include <string>
#include <vector>

#include "runtime/ir/frames.h"

namespace tocsin::emit {
namespace {

using llvm::CmpInst;
using llvm::Value;

// A Number has eight doubles and a mask of where they are known; a Truth has two masks, and what is
// true is known. A mask is a byte, one bit a lane, as in the columns: and/or/not of truths cost one
// scalar instruction for eight rows.
struct Register {
  Value* numbers = nullptr;
  Value* is_true = nullptr;
  Value* known = nullptr;
};

class KernelBuilder {
 public:
  KernelBuilder(llvm::Module& module, std::size_t number, bool wide)
      : context_(module.getContext()),
        once_(context_),
        each_(context_),
        mask_type_(once_.getInt8Ty()),
        numbers_type_(llvm::FixedVectorType::get(once_.getDoubleTy(), ir::kLanes)),
        bits_type_(llvm::FixedVectorType::get(once_.getInt1Ty(), ir::kLanes)),
        integers_type_(llvm::FixedVectorType::get(once_.getInt64Ty(), ir::kLanes)),
        labels_type_(llvm::FixedVectorType::get(once_.getInt32Ty(), ir::kLanes)) {
    auto* type = llvm::FunctionType::get(once_.getVoidTy(), {once_.getPtrTy()}, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage,
                                       "kernel_" + std::to_string(number), module);
    function_->addFnAttr(llvm::Attribute::NoUnwind);
    function_->addFnAttr("frame-pointer", "all");
    if (wide) {
      function_->addFnAttr("prefer-vector-width", "512");
      function_->addFnAttr("min-legal-vector-width", "512");
    }
  }

  // A first block that loads what is the same for all rows, and a loop over the blocks of eight.
  void Build(const ir::Shape& shape) {
    auto* entry = llvm::BasicBlock::Create(context_, "entry", function_);
    auto* loop = llvm::BasicBlock::Create(context_, "rows", function_);
    auto* done = llvm::BasicBlock::Create(context_, "done", function_);
    once_.SetInsertPoint(entry);
    each_.SetInsertPoint(loop);
    block_ = each_.CreatePHI(each_.getInt64Ty(), 2, "block");
    Value* blocks = FromFrame(once_.getInt64Ty(), offsetof(ir::KernelFrame, blocks));
    for (const ir::SeriesInst& inst : shape.code) registers_.push_back(Make(inst));
    Value* next = each_.CreateAdd(block_, each_.getInt64(1));
    each_.CreateCondBr(each_.CreateICmpSLT(next, blocks), loop, done);
    once_.CreateCondBr(once_.CreateICmpSGT(blocks, once_.getInt64(0)), loop, done);
    block_->addIncoming(once_.getInt64(0), entry);
    block_->addIncoming(next, loop);
    llvm::IRBuilder<>(done).CreateRetVoid();
  }

 private:
  Register Make(const ir::SeriesInst& inst) {
    switch (inst.op) {
      case ir::SeriesOp::kLoadNumber:
        return LoadNumber(inst.a);
      case ir::SeriesOp::kLoadTruth:
        return LoadTruth(inst.a);
      case ir::SeriesOp::kConstant:
        return Constant(inst.a);
      case ir::SeriesOp::kLabelIs:
        return LabelIs(inst.a);
      case ir::SeriesOp::kAdd:
      case ir::SeriesOp::kSubtract:
      case ir::SeriesOp::kMultiply:
      case ir::SeriesOp::kDivide:
      case ir::SeriesOp::kMinimum:
      case ir::SeriesOp::kMaximum:
      case ir::SeriesOp::kNegate:
      case ir::SeriesOp::kAbsolute:
        return Calculate(inst);
      case ir::SeriesOp::kLess:
      case ir::SeriesOp::kLessEqual:
      case ir::SeriesOp::kGreater:
      case ir::SeriesOp::kGreaterEqual:
      case ir::SeriesOp::kEqual:
      case ir::SeriesOp::kNotEqual:
        return Compare(inst);
      case ir::SeriesOp::kAnd:
      case ir::SeriesOp::kOr:
      case ir::SeriesOp::kNot:
      case ir::SeriesOp::kIsAbsent:
      case ir::SeriesOp::kOnlyWhere:
      case ir::SeriesOp::kNumberWhere:
      case ir::SeriesOp::kTruthElse:
        return Combine(inst);
      case ir::SeriesOp::kNumberElse:
        return Otherwise(registers_[inst.a], registers_[inst.b]);
      case ir::SeriesOp::kHold:
        return Hold(registers_[inst.a], inst.b);
      case ir::SeriesOp::kStoreNumber:
        StoreNumber(registers_[inst.a], inst.b);
        return {};
      case ir::SeriesOp::kStoreTruth:
        StoreTruth(registers_[inst.a], inst.b);
        return {};
    }
    return {};
  }

  Register LoadNumber(std::uint32_t slot) {
    Value* view = Slot(offsetof(ir::KernelFrame, numbers_in), slot, sizeof(ir::NumberView));
    Value* values = OfView(once_.getPtrTy(), view, offsetof(ir::NumberView, values));
    Value* known = OfView(once_.getPtrTy(), view, offsetof(ir::NumberView, known));
    return {.numbers = Lanes(numbers_type_, values, sizeof(double)), .known = Mask(known)};
  }

  Register LoadTruth(std::uint32_t slot) {
    Value* view = Slot(offsetof(ir::KernelFrame, truths_in), slot, sizeof(ir::TruthView));
    Value* is_true = OfView(once_.getPtrTy(), view, offsetof(ir::TruthView, is_true));
    Value* known = OfView(once_.getPtrTy(), view, offsetof(ir::TruthView, known));
    return {.is_true = Mask(is_true), .known = Mask(known)};
  }

  Register Constant(std::uint32_t slot) {
    Value* address = Slot(offsetof(ir::KernelFrame, constants), slot, sizeof(double));
    Value* number = each_.CreateLoad(each_.getDoubleTy(), address);
    return {.numbers = each_.CreateVectorSplat(ir::kLanes, number), .known = All()};
  }

  // The column holds 32 bits a row, the value has 64: one that does not fit is in no row.
  Register LabelIs(std::uint32_t slot) {
    Value* view = Slot(offsetof(ir::KernelFrame, label_tests), slot, sizeof(ir::LabelView));
    Value* column = OfView(once_.getPtrTy(), view, offsetof(ir::LabelView, column));
    Value* value = OfView(once_.getInt64Ty(), view, offsetof(ir::LabelView, value));
    Value* low = once_.CreateTrunc(value, once_.getInt32Ty());
    Value* fits = once_.CreateICmpEQ(once_.CreateSExt(low, once_.getInt64Ty()), value);
    Value* fits_mask = once_.CreateSExt(fits, mask_type_);
    Value* same = each_.CreateICmpEQ(Lanes(labels_type_, column, sizeof(std::int32_t)),
                                     each_.CreateVectorSplat(ir::kLanes, low));
    return {.is_true = each_.CreateAnd(ToMask(same), fits_mask), .known = All()};
  }

  Register Calculate(const ir::SeriesInst& inst) {
    const Register& a = registers_[inst.a];
    const bool unary = inst.op == ir::SeriesOp::kNegate || inst.op == ir::SeriesOp::kAbsolute;
    const Register& b = unary ? a : registers_[inst.b];
    Value* result = Arithmetic(inst.op, a.numbers, b.numbers);
    if (unary) return {.numbers = result, .known = a.known};  // as finite as its operand
    Value* infinity = llvm::ConstantFP::getInfinity(numbers_type_);
    Value* finite = ToMask(each_.CreateFCmpOLT(Magnitude(result), infinity));
    Value* both = each_.CreateAnd(a.known, b.known);
    return {.numbers = result, .known = each_.CreateAnd(both, finite)};
  }

  Value* Arithmetic(ir::SeriesOp op, Value* a, Value* b) {
    if (op == ir::SeriesOp::kAdd) return each_.CreateFAdd(a, b);
    if (op == ir::SeriesOp::kSubtract) return each_.CreateFSub(a, b);
    if (op == ir::SeriesOp::kMultiply) return each_.CreateFMul(a, b);
    if (op == ir::SeriesOp::kDivide) return each_.CreateFDiv(a, b);
    if (op == ir::SeriesOp::kMinimum) return each_.CreateSelect(each_.CreateFCmpOLT(b, a), b, a);
    if (op == ir::SeriesOp::kMaximum) return each_.CreateSelect(each_.CreateFCmpOGT(b, a), b, a);
    if (op == ir::SeriesOp::kNegate) return each_.CreateFNeg(a);
    return Magnitude(a);
  }

  Value* Magnitude(Value* numbers) {
    return each_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, numbers);
  }

  Register Compare(const ir::SeriesInst& inst) {
    const Register& a = registers_[inst.a];
    const Register& b = registers_[inst.b];
    Value* holds = ToMask(each_.CreateFCmp(Predicate(inst.op), a.numbers, b.numbers));
    Value* known = each_.CreateAnd(a.known, b.known);
    return {.is_true = each_.CreateAnd(holds, known), .known = known};
  }

  static CmpInst::Predicate Predicate(ir::SeriesOp op) {
    if (op == ir::SeriesOp::kLess) return CmpInst::FCMP_OLT;
    if (op == ir::SeriesOp::kLessEqual) return CmpInst::FCMP_OLE;
    if (op == ir::SeriesOp::kGreater) return CmpInst::FCMP_OGT;
    if (op == ir::SeriesOp::kGreaterEqual) return CmpInst::FCMP_OGE;
    if (op == ir::SeriesOp::kEqual) return CmpInst::FCMP_OEQ;
    return CmpInst::FCMP_UNE;  // one instruction, as in C; a NaN is never known
  }

  // False is known and not true; a truth's masks make that known ^ is_true.
  Register Combine(const ir::SeriesInst& inst) {
    const Register& a = registers_[inst.a];
    if (inst.op == ir::SeriesOp::kNot) {
      return {.is_true = each_.CreateXor(a.known, a.is_true), .known = a.known};
    }
    if (inst.op == ir::SeriesOp::kIsAbsent) {
      return {.is_true = each_.CreateNot(a.known), .known = All()};
    }
    const Register& b = registers_[inst.b];
    if (inst.op == ir::SeriesOp::kNumberWhere) {
      return {.numbers = a.numbers, .known = each_.CreateAnd(a.known, b.is_true)};
    }
    if (inst.op == ir::SeriesOp::kTruthElse) {
      Value* instead = each_.CreateAnd(b.is_true, each_.CreateNot(a.known));
      return {.is_true = each_.CreateOr(a.is_true, instead),
              .known = each_.CreateOr(a.known, b.known)};
    }
    if (inst.op == ir::SeriesOp::kOnlyWhere) {
      return {.is_true = each_.CreateAnd(a.is_true, b.is_true),
              .known = each_.CreateAnd(a.known, b.is_true)};
    }
    Value* both = each_.CreateAnd(a.known, b.known);
    if (inst.op == ir::SeriesOp::kAnd) {
      Value* a_false = each_.CreateXor(a.known, a.is_true);
      Value* b_false = each_.CreateXor(b.known, b.is_true);
      Value* one_false = each_.CreateOr(a_false, b_false);
      return {.is_true = each_.CreateAnd(a.is_true, b.is_true),
              .known = each_.CreateOr(both, one_false)};
    }
    Value* one_true = each_.CreateOr(a.is_true, b.is_true);
    return {.is_true = one_true, .known = each_.CreateOr(both, one_true)};
  }

  Register Otherwise(const Register& a, const Register& b) {
    return {.numbers = each_.CreateSelect(ToBits(a.known), a.numbers, b.numbers),
            .known = each_.CreateOr(a.known, b.known)};
  }

  Register Hold(const Register& x, std::uint32_t slot) {
    Value* view = Slot(offsetof(ir::KernelFrame, holds), slot, sizeof(ir::HoldView));
    Value* column = OfView(once_.getPtrTy(), view, offsetof(ir::HoldView, since));
    Value* duration = OfView(once_.getInt64Ty(), view, offsetof(ir::HoldView, duration_ms));
    Value* tick = FromFrame(once_.getInt64Ty(), offsetof(ir::KernelFrame, tick_ms));
    Value* step = FromFrame(once_.getInt64Ty(), offsetof(ir::KernelFrame, step_ms));
    Value* ticks = each_.CreateVectorSplat(ir::kLanes, tick);
    Value* none = llvm::ConstantInt::getSigned(integers_type_, ir::kNotHeld);
    Value* since = Lanes(integers_type_, column, sizeof(std::int64_t));
    Value* not_held = each_.CreateICmpEQ(since, none);
    Value* when_true = each_.CreateSelect(not_held, ticks, since);
    Value* later = each_.CreateAdd(since, each_.CreateVectorSplat(ir::kLanes, step));
    Value* when_absent = each_.CreateSelect(not_held, since, later);
    Value* when_known = each_.CreateSelect(ToBits(x.is_true), when_true, none);
    Value* after = each_.CreateSelect(ToBits(x.known), when_known, when_absent);
    StoreLanes(after, column, sizeof(std::int64_t));
    Value* long_enough = each_.CreateICmpSGE(each_.CreateSub(ticks, when_true),
                                             each_.CreateVectorSplat(ir::kLanes, duration));
    return {.is_true = each_.CreateAnd(x.is_true, ToMask(long_enough)), .known = x.known};
  }

  // Rows that are not known hold 0, so that columns are equal bit by bit when they mean the same.
  void StoreNumber(const Register& x, std::uint32_t slot) {
    Value* view = Slot(offsetof(ir::KernelFrame, numbers_out), slot, sizeof(ir::NumberView));
    Value* values = OfView(once_.getPtrTy(), view, offsetof(ir::NumberView, values));
    Value* known = OfView(once_.getPtrTy(), view, offsetof(ir::NumberView, known));
    Value* zero = llvm::Constant::getNullValue(numbers_type_);
    StoreLanes(each_.CreateSelect(ToBits(x.known), x.numbers, zero), values, sizeof(double));
    StoreMask(x.known, known);
  }

  void StoreTruth(const Register& x, std::uint32_t slot) {
    Value* view = Slot(offsetof(ir::KernelFrame, truths_out), slot, sizeof(ir::TruthView));
    StoreMask(x.is_true, OfView(once_.getPtrTy(), view, offsetof(ir::TruthView, is_true)));
    StoreMask(x.known, OfView(once_.getPtrTy(), view, offsetof(ir::TruthView, known)));
  }

  // ---- what is the same for all rows: made in the first block

  Value* FromFrame(llvm::Type* type, std::size_t offset) {
    return OfView(type, function_->getArg(0), offset);
  }
  Value* Slot(std::size_t list, std::uint32_t slot, std::size_t size) {
    return once_.CreateConstGEP1_64(once_.getInt8Ty(), FromFrame(once_.getPtrTy(), list),
                                    slot * size);
  }
  Value* OfView(llvm::Type* type, Value* view, std::size_t offset) {
    return once_.CreateLoad(type, once_.CreateConstGEP1_64(once_.getInt8Ty(), view, offset));
  }

  // ---- a block of eight rows

  Value* At(Value* column, std::size_t row_size) {
    Value* bytes = each_.CreateMul(block_, each_.getInt64(ir::kLanes * row_size));
    return each_.CreatePtrAdd(column, bytes);
  }
  // Columns are aligned for speed; the code stays right where one is not.
  Value* Lanes(llvm::Type* type, Value* column, std::size_t row_size) {
    return each_.CreateAlignedLoad(type, At(column, row_size), llvm::Align(row_size));
  }
  void StoreLanes(Value* lanes, Value* column, std::size_t row_size) {
    each_.CreateAlignedStore(lanes, At(column, row_size), llvm::Align(row_size));
  }
  Value* Mask(Value* bitmap) {
    return each_.CreateLoad(mask_type_, each_.CreatePtrAdd(bitmap, block_));
  }
  void StoreMask(Value* mask, Value* bitmap) {
    each_.CreateStore(mask, each_.CreatePtrAdd(bitmap, block_));
  }
  Value* All() { return llvm::Constant::getAllOnesValue(mask_type_); }
  Value* ToMask(Value* bits) { return each_.CreateBitCast(bits, mask_type_); }
  Value* ToBits(Value* mask) { return each_.CreateBitCast(mask, bits_type_); }

  llvm::LLVMContext& context_;
  llvm::IRBuilder<> once_;
  llvm::IRBuilder<> each_;
  llvm::Type* mask_type_;
  llvm::Type* numbers_type_;
  llvm::Type* bits_type_;
  llvm::Type* integers_type_;
  llvm::Type* labels_type_;
  llvm::Function* function_ = nullptr;
  llvm::PHINode* block_ = nullptr;
  std::vector<Register> registers_;
};

}  // namespace

void AddKernel(llvm::Module& module, std::size_t number, const ir::Shape& shape, bool wide) {
  KernelBuilder(module, number, wide).Build(shape);
}

}  // namespace tocsin::emit
